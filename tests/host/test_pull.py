import gzip
import hashlib
import http.server
import io
import json
import socket
import subprocess
import tarfile
import threading
import time

import pytest

from kikori.host import bootstrap

OTHER = f"sha256:{'0' * 64}"
"""A digest under which the registry hands out something else."""
TYPE = "application/vnd.docker.distribution.manifest.v2+json"


def described(data, kind):
    return {"mediaType": kind, "size": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def tiny_image():
    """What a registry gives for an image with one empty layer: answers by path."""
    tar = io.BytesIO()
    tarfile.open(fileobj=tar, mode="w").close()
    layer = gzip.compress(tar.getvalue(), mtime=0)
    diff = f"sha256:{hashlib.sha256(tar.getvalue()).hexdigest()}"
    config = json.dumps(
        {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": [diff]}}
    ).encode()
    parts = {
        "config": described(config, "application/vnd.docker.container.image.v1+json"),
        "layers": [described(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")],
    }
    manifest = json.dumps({"schemaVersion": 2, "mediaType": TYPE, **parts}).encode()
    blobs = {
        f"/v2/tiny/blobs/{part['digest']}": data
        for part, data in [(parts["config"], config), (parts["layers"][0], layer)]
    }
    digest = described(manifest, TYPE)["digest"]
    return digest, {
        "/v2/": b"{}",
        f"/v2/tiny/manifests/{digest}": manifest,
        f"/v2/tiny/manifests/{OTHER}": manifest,
        **blobs,
    }


class Registry(http.server.BaseHTTPRequestHandler):
    digest, content = tiny_image()

    def do_GET(self):
        data = self.content.get(self.path)
        self.send_response(200 if data else 404)
        self.send_header("Content-Type", TYPE if "manifests" in self.path else "application/octet-stream")
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data or b"")

    do_HEAD = do_GET  # noqa: N815  # the name that http.server calls

    def log_message(self, *words):
        pass


@pytest.fixture
def registry():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        image = f"127.0.0.1:{server.server_port}/tiny:latest"
        yield image
        server.shutdown()
    subprocess.run(["docker", "image", "rm", image], capture_output=True, check=False)


@pytest.mark.docker
def test_a_registry_that_has_the_image(registry, capfd):
    assert bootstrap.pull(registry, Registry.digest)
    assert subprocess.run(["docker", "image", "inspect", registry], capture_output=True, check=False).returncode == 0
    assert "no registry" not in capfd.readouterr().err


@pytest.mark.docker
def test_a_registry_that_does_not_have_it(registry, capfd):
    assert not bootstrap.pull(registry.replace("tiny", "other"), Registry.digest)
    assert "no registry gave" in capfd.readouterr().err


@pytest.mark.docker
def test_a_registry_that_hands_out_something_else_under_the_digest(registry):
    assert not bootstrap.pull(registry, OTHER)
    assert subprocess.run(["docker", "image", "inspect", registry], capture_output=True, check=False).returncode != 0


@pytest.mark.docker
def test_no_registry_at_all():
    assert not bootstrap.pull("127.0.0.1:9/none:such", OTHER)


@pytest.mark.docker
def test_a_registry_that_never_answers_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(bootstrap, "FIRST_ANSWER", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        assert not bootstrap.pull(f"127.0.0.1:{silent.getsockname()[1]}/none:such", OTHER)
    assert 0.9 < time.monotonic() - started < 14
