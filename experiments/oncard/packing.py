"""The folder that travels to the machine with the card: compressed archives, the experiments beside them, and a manifest of all. Standard
library only, and quick to unpack: seconds of that machine are few.

Each kind of file has an archive of its own, compressed as suits it (`coding`). Every file's hash is in the manifest, from before anything
was done to it.
"""
import contextlib
import hashlib
import json
import pathlib
import shutil
import tarfile

from experiments.oncard import coding

MANIFEST = "manifest.json"
MOST = 60


def digest(path):
    found = hashlib.sha256()
    with open(path, "rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def pack(members, beside, out, about, most=MOST, preset=6):
    """Writes files, by the name that each has in the pack, into a folder: `members` into archives, `beside` as they are; the MB of each
    archive and of all (`whole`). What is too large is refused, and not kept."""
    out.mkdir(parents=True, exist_ok=True)
    files, made, manifest = {}, [], out / MANIFEST
    for kind in coding.KINDS:
        # One of an earlier pack is no part of this one.
        (out / kind.archive).unlink(missing_ok=True)
        chosen = {name: path for name, path in members.items() if coding.kind(name) is kind}
        if chosen:
            made.append(out / kind.archive)
            with kind.writing(out / kind.archive, preset) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
                files |= {name: add(tar, name, pathlib.Path(path)) for name, path in sorted(chosen.items())}
    archives = {path.name: digest(path) for path in made}
    digests = {name: digest(path) for name, path in beside.items()}
    held = {**about, "files": files, "beside": digests, "archives": archives}
    manifest.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n")
    sizes = {path.name: path.stat().st_size / 1e6 for path in made}
    sizes["whole"] = sum(pathlib.Path(path).stat().st_size for path in (*made, manifest, *beside.values())) / 1e6
    if sizes["whole"] > most:
        for path in (*made, manifest):
            path.unlink()
        largest = sorted(files.items(), key=lambda one: -one[1]["bytes"])[:8]
        listed = ", ".join(f"{name} {one['bytes'] / 1e6:.1f}" for name, one in largest)
        raise SystemExit(
            f"the pack has {sizes['whole']:.1f} MB, and may have {most:g}: nothing is kept. The largest files, in MB before compression: {listed}. "
            "--without leaves some out"
        )
    for name, path in beside.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, out / name)
    return sizes


def add(tar, name, path):
    """Adds a file to an archive, tensors in planes; what the manifest says of it."""
    about = {"sha256": digest(path), "bytes": path.stat().st_size}
    if (width := coding.width(path)) == 1:
        tar.add(path.resolve(), arcname=name, recursive=False)
        return about
    with coding.Bytes(coding.planes(path.read_bytes(), width)) as data:
        member = tarfile.TarInfo(name)
        member.size = about["bytes"]
        tar.addfile(member, data)
    return {**about, "planes": width}


def manifest(folder):
    """What a pack says of itself."""
    path = folder / MANIFEST
    if not path.exists():
        raise SystemExit(f"{path} is not there: `experiments/run on-card pack --out {folder}` makes it")
    return json.loads(path.read_text())


def unpack(folder, into):
    """Unpacks a pack into an empty or a half-made folder, and checks every file against the manifest. The pack itself is only read."""
    said = manifest(folder)
    for name, wanted in said["archives"].items():
        if not (folder / name).exists() or digest(folder / name) != wanted:
            raise SystemExit(f"{folder / name} is not the archive that the manifest names: it is missing, or was changed or cut off")
    if changed := [name for name, wanted in said["beside"].items() if not (folder / name).exists() or digest(folder / name) != wanted]:
        raise SystemExit(f"{', '.join(changed)} in {folder} is not what the manifest names")
    into.mkdir(parents=True, exist_ok=True)
    missing = set(said["files"])
    for name in said["archives"]:
        with contextlib.closing(coding.reading(folder / name)) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                # Only names of the manifest are written, as plain files: no archive can reach out of the folder.
                file = said["files"].get(member.name)
                data = coding.whole(tar.extractfile(member).read(), file.get("planes", 1)) if file and member.isfile() else b""
                if not file or hashlib.sha256(data).hexdigest() != file["sha256"]:
                    raise SystemExit(f"{member.name} of the pack is not what the manifest names")
                (into / member.name).parent.mkdir(parents=True, exist_ok=True)
                (into / member.name).write_bytes(data)
                missing.discard(member.name)
    if missing:
        raise SystemExit(f"the pack lacks {', '.join(sorted(missing))}, which the manifest names")
    return said
