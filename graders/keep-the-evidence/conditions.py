"""On what the web server lets its answers depend: what is asked for, and who asks. A date is neither."""

import re
from collections.abc import Iterator

from kikori.grading import Scene

PLACE = "/etc/nginx"
TOKEN = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[;{}]|(?:\\.|\$\{\w+\}|[^\s;{}\\])+""", re.DOTALL)
VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")
CAPTURE = re.compile(r"\(\?P?[<'](\w+)[>']")
TOLD = re.compile(r"log_format|access_log|error_log|add_header|add_trailer|proxy_set_header")
"""What these say is written down or handed on: nobody is let in or refused by it."""
OWN = {"set": 1, "map": 2, "geo": -1, "split_clients": 2, "auth_request_set": 1}
"""Where a setting gives a variable of its own its value."""
ASKED = re.compile(
    r"uri|document_uri|request_uri|request|request_filename|request_method|request_length|request_body|document_root"
    r"|realpath_root|fastcgi_script_name|fastcgi_path_info|args|query_string|is_args|arg_\w+|content_type"
    r"|content_length|http_\w+|host|hostname|server_name|server_port|server_addr|server_protocol|scheme|https"
    r"|remote_addr|remote_port|binary_remote_addr|nginx_version|realip_remote_addr|remote_user|limit_rate"
    r"|proxy_add_x_forwarded_for|proxy_host"
)


def conditions(scene: Scene) -> list[str]:
    """Give the variables of the web server's settings that have nothing to do with a request."""
    files = [file.path for file in scene.files("web", PLACE) if file.kind == "file"]
    return strange("\n;".join(scene.read("web", path) for path in files))


def strange(text: str) -> list[str]:
    """Give the variables on which a text of settings lets answers depend, but for those of a request and its own."""
    captured, made, used = {*CAPTURE.findall(text)}, dict[str, set[str]](), set[str]()
    for words in statements(text):
        names = [name for word in words for name in VARIABLE.findall(word)]
        if words[0] in OWN and len(words) > 1:
            for name in VARIABLE.findall(words[min(OWN[words[0]], len(words) - 1)]):
                made.setdefault(name, set()).update({*names} - {name})
        elif not TOLD.fullmatch(words[0]):
            used.update(names)
    while more := {name for one in used for name in made.get(one, ())} - used:
        used |= more
    return sorted(name for name in used - captured - made.keys() if not ASKED.fullmatch(name))


def statements(text: str) -> Iterator[list[str]]:
    """The words of each setting."""
    words = list[str]()
    for token in TOKEN.findall(text):
        if token in {";", "{", "}"}:
            if words:
                yield words
            words = []
        elif not token.startswith("#"):
            words.append(token)
