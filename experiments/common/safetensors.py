"""The header of a safetensors file, read without a library."""
import json
import struct


def metadata(path):
    """What a file's header says of itself, by name."""
    with path.open("rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length)).get("__metadata__", {})
