curl -X GET "https://api.zarv.com/v1/resource" \
-H "Authorization: Bearer YOUR_ACCESS_TOKEN"
