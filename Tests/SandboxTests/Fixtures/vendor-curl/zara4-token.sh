curl https://api.zara4.com/oauth/access_token -X POST \
  -d grant_type=client_credentials \
  -d client_id=API_CLIENT_ID \
  -d client_secret=API_CLIENT_SECRET \
  -d scope=image-processing,usage
