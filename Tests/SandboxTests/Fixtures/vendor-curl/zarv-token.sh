curl -X POST "https://services.zarv.com/api/v1/authentication" \
-H "Content-Type: application/json" \
-d '{
    "username": "your.email@zarv.com",
    "password": "your_password"
}'
