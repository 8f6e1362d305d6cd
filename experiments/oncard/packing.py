"""The folder that travels to the machine with the card: one compressed archive, the experiments beside it, and a manifest of both. Standard
library only.

The archive's dictionary is larger than a program, so that what several programs embed is in it once.
"""
import hashlib
import json
import lzma
import pathlib
import shutil
import tarfile

ARCHIVE, MANIFEST = "pack.tar.xz", "manifest.json"
MOST = 60
DICTIONARY = 192 << 20


def digest(path):
    found = hashlib.sha256()
    with open(path, "rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def pack(members, beside, out, about, most=MOST, preset=6):
    """Writes files, by the name that each has in the pack, into a folder: `members` into its archive, `beside` as they are; its size in MB.
    What is too large is refused, and not kept."""
    out.mkdir(parents=True, exist_ok=True)
    archive, manifest = out / ARCHIVE, out / MANIFEST
    filters = [{"id": lzma.FILTER_LZMA2, "preset": preset, "dict_size": DICTIONARY}]
    files = {}
    with lzma.open(archive, "wb", filters=filters) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        for name, path in sorted(members.items()):
            path = pathlib.Path(path).resolve()
            tar.add(path, arcname=name, recursive=False)
            files[name] = {"sha256": digest(path), "bytes": path.stat().st_size}
    digests = {name: digest(path) for name, path in beside.items()}
    held = {**about, "files": files, "beside": digests, "archive_sha256": digest(archive)}
    manifest.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n")
    size = sum(pathlib.Path(path).stat().st_size for path in (archive, manifest, *beside.values())) / 1e6
    if size > most:
        archive.unlink()
        manifest.unlink()
        largest = sorted(files.items(), key=lambda one: -one[1]["bytes"])[:8]
        listed = ", ".join(f"{name} {one['bytes'] / 1e6:.1f}" for name, one in largest)
        raise SystemExit(
            f"the pack has {size:.1f} MB, and may have {most:g}: nothing is kept. The largest files, in MB before compression: {listed}. "
            "--without leaves some out"
        )
    for name, path in beside.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, out / name)
    return size


def manifest(folder):
    """What a pack says of itself."""
    path = folder / MANIFEST
    if not path.exists():
        raise SystemExit(f"{path} is not there: `experiments/run on-card pack --out {folder}` makes it")
    return json.loads(path.read_text())


def unpack(folder, into):
    """Unpacks a pack into an empty or a half-made folder, and checks every file against the manifest."""
    said = manifest(folder)
    if digest(folder / ARCHIVE) != said["archive_sha256"]:
        raise SystemExit(f"{folder / ARCHIVE} is not the archive that the manifest names: it was changed or cut off")
    if changed := [name for name, wanted in said["beside"].items() if digest(folder / name) != wanted]:
        raise SystemExit(f"{', '.join(changed)} in {folder} is not what the manifest names")
    into.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / ARCHIVE) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        tar.extractall(into, filter="data")
    for name, file in said["files"].items():
        if digest(into / name) != file["sha256"]:
            raise SystemExit(f"{name} of the pack is not what the manifest names")
    return said
