"""What Traefik refuses while it reads a request, before it looks for a route, no document can promise to answer."""

import re

import schemathesis

# Encoded, these are turned away by the entry point (traefik/traefik.yml, encodedCharacters).
REFUSED_IN_PATHS = re.compile(r"[;#%?\\/\x00-\x1f\x7f]")
# Names that a CGI-like program could take for another header (aliasHeadersStrategy) are turned away as well.
HEADER_NAME = re.compile(r"^[A-Za-z0-9-]+$")


@schemathesis.hook
def filter_path_parameters(context, path_parameters):
    return not any(REFUSED_IN_PATHS.search(str(value)) for value in (path_parameters or {}).values())


@schemathesis.hook
def map_headers(context, headers):
    return {name: value for name, value in (headers or {}).items() if HEADER_NAME.match(name)}
