#!/usr/bin/env python3
"""Makes the pictures of docs/guide/diffing.md: pairs of documents, and what `geotherm diff` prints for them on a terminal.

    mvn -q -DskipTests package && docs/pictures/make.py

The documents are made here and thrown away; the pictures are written beside this script.
"""
import copy
import html
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GEOTHERM = HERE.parents[1] / "distribution/target/geotherm/bin/geotherm"
COLUMNS = 100
COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff"}


def package_lock():
    """A lock of npm: one package updated, one added, one removed."""
    packages = {"": {"name": "shop", "version": "2.0.0", "dependencies": {"express": "^4.18.0", "left-pad": "^1.3.0"}}}
    names = ["accepts", "body-parser", "cookie", "debug", "express", "finalhandler", "left-pad", "ms", "qs", "send"]
    for i, name in enumerate(names):
        packages["node_modules/" + name] = {
            "version": f"{i + 1}.{i}.2",
            "resolved": f"https://registry.npmjs.org/{name}/-/{name}-{i + 1}.{i}.2.tgz",
            "integrity": f"sha512-{name * 8}==",
        }
    before = {"name": "shop", "version": "2.0.0", "lockfileVersion": 3, "packages": packages}
    after = copy.deepcopy(before)
    express = after["packages"]["node_modules/express"]
    express["version"] = "5.4.3"
    express["resolved"] = express["resolved"].replace("5.4.2", "5.4.3")
    express["integrity"] = "sha512-" + "changed" * 8 + "=="
    after["packages"][""]["dependencies"].pop("left-pad")
    after["packages"].pop("node_modules/left-pad")
    after["packages"]["node_modules/router"] = {"version": "2.2.0", "license": "MIT"}
    return before, after


def kubernetes_list():
    """A list as `kubectl get -o json` prints it: every resourceVersion is new, one deployment is new, one scaled."""

    def deployment(name, replicas, version, image):
        return {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": name, "namespace": "shop", "resourceVersion": str(version)},
            "spec": {
                "replicas": replicas,
                "template": {"spec": {"containers": [{"name": "main", "image": f"registry.example.org/shop/{image}"}]}},
            },
        }

    names = ["api", "cart", "mail", "web"]
    before = {"kind": "List", "items": [deployment(n, 2, 1000 + i, n + ":1.4") for i, n in enumerate(names)]}
    after = {"kind": "List", "items": [deployment(n, 2, 2000 + i, n + ":1.4") for i, n in enumerate(names)]}
    after["items"].insert(1, deployment("audit", 1, 2010, "audit:0.1"))
    after["items"][2]["spec"]["replicas"] = 5
    after["items"][4]["spec"]["template"]["spec"]["containers"][0]["image"] = "registry.example.org/shop/web:1.5"
    return before, after


def geojson():
    """A collection of cities: one moved a little, one renamed, one gone."""
    cities = [("Roma", 12.5, 41.9), ("Reykjav\u00edk", -21.9, 64.1), ("Larderello", 10.9, 43.2), ("Rotorua", 176.2, -38.1)]

    def feature(name, lon, lat):
        return {
            "type": "Feature",
            "properties": {"name": name, "note": f"{name} and its hot springs. " * 6 + "Open in winter."},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }

    before = {"type": "FeatureCollection", "features": [feature(*city) for city in cities]}
    after = copy.deepcopy(before)
    after["features"][0]["geometry"]["coordinates"] = [12.4964, 41.9028]
    after["features"][1]["properties"]["note"] = before["features"][1]["properties"]["note"].replace("winter", "summer")
    after["features"].pop(2)
    return before, after


def terraform_state():
    """A state of Terraform: the serial counts up, an instance has another type, a bucket is new."""

    def resource(kind, name, **attributes):
        return {
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [{"schema_version": 1, "attributes": attributes}],
        }

    before = {
        "version": 4,
        "serial": 41,
        "resources": [
            resource("aws_instance", "web", id="i-0a1", instance_type="t3.small", tags={"team": "shop"}),
            resource("aws_instance", "db", id="i-0b2", instance_type="t3.large", tags={"team": "data"}),
            resource("aws_s3_bucket", "logs", id="shop-logs", versioning=False),
        ],
    }
    after = copy.deepcopy(before)
    after["serial"] = 42
    after["resources"][0]["instances"][0]["attributes"]["instance_type"] = "t3.medium"
    after["resources"][2]["instances"][0]["attributes"]["versioning"] = True
    after["resources"].insert(1, resource("aws_s3_bucket", "backup", id="shop-backup", versioning=True))
    return before, after


def shown(folder, name, before, after):
    """Returns what the command prints to a terminal."""
    for suffix, document in (("before", before), ("after", after)):
        (folder / f"{name}-{suffix}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    options = f"-Dgeotherm.terminal.out=true -Dgeotherm.columns={COLUMNS}"
    environment = {**os.environ, "GEOTHERM_OPTS": options, "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    command = ["diff", f"{name}-before.json", f"{name}-after.json"]
    ended = subprocess.run([GEOTHERM, *command], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    text = re.sub(r"in \d+\.\d ms", "in 1.0 ms", ended.stdout)  # so that a picture changes only if something else does
    return "$ geotherm " + " ".join(command) + "\n" + text


def svg(text):
    """Returns a picture of text with ANSI colours."""
    lines = text.rstrip("\n").split("\n")
    width, height = COLUMNS * 8 + 24, len(lines) * 18 + 28
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>',
        '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        spans, colour = [], None
        for piece in re.split(r"(\x1b\[\d+m)", line):
            code = re.fullmatch(r"\x1b\[(\d+)m", piece)
            if code:
                colour = COLOURS.get(code.group(1))
            elif piece:
                escaped = html.escape(piece, quote=False)
                spans.append(f'<tspan fill="{colour}">{escaped}</tspan>' if colour else escaped)
        out.append(f'<text x="12" y="{number * 18 + 26}">{"".join(spans)}</text>')
    return "\n".join([*out, "</g>", "</svg>", ""])


def main():
    pairs = {
        "package-lock": package_lock,
        "kubernetes-list": kubernetes_list,
        "geojson": geojson,
        "terraform-state": terraform_state,
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, make in pairs.items():
            (HERE / f"{name}.svg").write_text(svg(shown(Path(folder), name, *make())), "utf-8")


if __name__ == "__main__":
    main()
