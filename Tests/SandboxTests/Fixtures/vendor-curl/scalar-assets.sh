curl --request GET \
--url https://trailer.api.eu1.scalar.zf.com/v1/assets \
--header 'Accept: application/json' \
--header 'Authorization: Bearer <YOUR_ACCESS_TOKEN>'
