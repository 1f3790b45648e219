"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from servicedesk.starting import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")


class KnownCharset:
    """Forgets a charset that is no encoding of text (`rot13`, `idna`): Django would fail before any middleware."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
        if any(map(_is_no_charset, parameters)):
            environ["CONTENT_TYPE"] = ";".join([kind, *(p for p in parameters if not _is_no_charset(p))])
        return self.application(environ, start_response)


def _is_no_charset(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "charset":
        return False
    try:
        b"a".decode(value.strip(" \"'"), "replace")
    except (LookupError, UnicodeError, ValueError):
        return True
    return False


application = KnownCharset(get_wsgi_application())
refuse_unsafe()
