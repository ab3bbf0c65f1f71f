"""FastAPI's own security helpers: a token service for passwords, and two resources that ask for scopes.

Only what the helpers bring decides about statuses and challenges; the checks themselves are a look into a table.
Usage: fastapi_server.py PORT
"""
import sys

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes

USERS = {"acme": ("acme-password-01", ["orders", "profile"]), "reader": ("reader-password-01", ["profile"])}
TOKENS = {"token-of-acme-0123456789": "acme", "token-of-reader-0123456789": "reader"}
ORDERS = {"orders": [{"id": "1"}]}

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="token", scopes={"orders": "", "profile": ""})
key = APIKeyHeader(name="X-API-Key")


@app.post("/token")
def token(form: OAuth2PasswordRequestForm = Depends()):
    password, scopes = USERS.get(form.username, (None, []))
    if password != form.password:
        # As the tutorial has it.
        raise HTTPException(status_code=400, detail="Incorrect username or password")
    return {"access_token": f"token-of-{form.username}-0123456789", "token_type": "bearer"}


def user(asked: SecurityScopes, token: str = Depends(bearer)):
    """The tutorial's get_current_user, with its statuses and challenges."""
    value = f'Bearer scope="{asked.scope_str}"' if asked.scopes else "Bearer"
    name = TOKENS.get(token)
    if name is None:
        raise HTTPException(401, "Could not validate credentials", {"WWW-Authenticate": value})
    if any(scope not in USERS[name][1] for scope in asked.scopes):
        raise HTTPException(401, "Not enough permissions", {"WWW-Authenticate": value})
    return name


@app.get("/orders")
def orders(name: str = Security(user, scopes=["orders"])):
    return ORDERS


@app.get("/profile")
def profile(name: str = Security(user, scopes=["profile"])):
    return {"name": name}


@app.get("/keyed")
def keyed(given: str = Depends(key)):
    if given != "key-of-acme-0123456789":
        raise HTTPException(401, "Unknown key")
    return ORDERS


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
