"""Django OAuth Toolkit: its token service for client credentials, and views that ask for scopes.

Usage: django_server.py PORT
"""
import sys
from wsgiref.simple_server import WSGIServer, WSGIRequestHandler, make_server

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="made-up-for-this-test",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "server.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    OAUTH2_PROVIDER={"SCOPES": {"orders": "", "profile": ""}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command
from django.http import JsonResponse
from django.urls import include, path
from django.views.generic import View
from oauth2_provider.decorators import protected_resource
from oauth2_provider.models import get_application_model
from oauth2_provider.views import ScopedProtectedResourceView


class Orders(ScopedProtectedResourceView, View):
    required_scopes = ["orders"]

    def get(self, request):
        return JsonResponse({"orders": [{"id": "1"}]})


@protected_resource(scopes=["profile"])
def profile(request):
    return JsonResponse({"name": "somebody"})


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("orders", Orders.as_view()),
    path("profile", profile),
]

call_command("migrate", verbosity=0)
for name in ["acme", "reader"]:
    get_application_model().objects.create(
        client_id=name, client_secret=f"{name}-secret-01", client_type="confidential",
        authorization_grant_type="client-credentials",
    )

from django.core.wsgi import get_wsgi_application


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), WSGIServer, Quiet).serve_forever()
