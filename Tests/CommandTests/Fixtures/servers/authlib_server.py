"""Authlib with Flask: a token service for client credentials, and resources that ask for scopes.

Usage: authlib_server.py PORT
"""
import os
import sys
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback, without TLS

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from flask import Flask, jsonify


class Client(ClientMixin):
    def __init__(self, name, secret, scopes):
        self.name, self.secret, self.scopes = name, secret, scopes

    def get_client_id(self):
        return self.name

    def get_allowed_scope(self, scope):
        return " ".join(word for word in (scope or "").split() if word in self.scopes)

    def check_client_secret(self, secret):
        return secret == self.secret

    def check_endpoint_auth_method(self, method, endpoint):
        return method in ("client_secret_basic", "client_secret_post")

    def check_grant_type(self, grant):
        return grant == "client_credentials"

    def check_response_type(self, kind):
        return False


class Token(TokenMixin):
    def __init__(self, client, values):
        self.client, self.scope, self.end = client, values.get("scope", ""), time.time() + values["expires_in"]

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return self.end < time.time()

    def is_revoked(self):
        return False


class Validator(BearerTokenValidator):
    def authenticate_token(self, text):
        return TOKENS.get(text)


CLIENTS = {
    "acme": Client("acme", "acme-secret-01", ["orders", "profile"]),
    "reader": Client("reader", "reader-secret-01", ["profile"]),
}
TOKENS = {}

app = Flask(__name__)
server = AuthorizationServer(
    app,
    query_client=CLIENTS.get,
    save_token=lambda values, request: TOKENS.update({values["access_token"]: Token(request.client, values)}),
)
server.register_grant(grants.ClientCredentialsGrant)
protector = ResourceProtector()
protector.register_token_validator(Validator())


@app.route("/token", methods=["POST"])
def token():
    return server.create_token_response()


@app.route("/orders")
@protector("orders")
def orders():
    return jsonify(orders=[{"id": "1"}])


@app.route("/profile")
@protector("profile")
def profile():
    return jsonify(name="somebody")


app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
