"""The bytes of a document that count, and their digest: version 1, frozen for ever, since seals are kept in it."""

from __future__ import annotations

from hashlib import sha256

VERSION = "v1"
RAW = "raw"  # how the digest of a file that is no text is marked: nothing is done to its bytes
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PREFIX = b"pir-seal-v1\0"


def canonical(data: bytes) -> bytes:
    r"""Return the bytes without a leading UTF-8 byte order mark, with LF line ends, and with exactly one LF at the end.

    Nothing else is changed: two spaces at a line's end are a line break, and look-alike characters are other characters.

    >>> canonical(b"a  \r\nb")
    b'a  \nb\n'
    """
    bare = data.removeprefix(_BYTE_ORDER_MARK)
    if b"\r" in bare:
        bare = bare.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return bare.rstrip(b"\n") + b"\n"


def digest(data: bytes) -> str:
    """Return `v1:sha256:` and the digest of the canonical bytes, in lower-case hexadecimal digits."""
    return f"{VERSION}:sha256:{sha256(_PREFIX + canonical(data)).hexdigest()}"


def raw_digest(data: bytes) -> str:
    """Return `raw:sha256:` and the digest of the bytes as they are, for a file that is no text."""
    return f"{RAW}:sha256:{sha256(data).hexdigest()}"
