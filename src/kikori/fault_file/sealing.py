"""Seal a solution with a word: a key by scrypt (RFC 7914), and ChaCha20-Poly1305 (RFC 8439)."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

import msgspec

from kikori.errors import KikoriError
from kikori.fault_file.format import Solution

SHORTEST = 8
SALT, NONCE, TAG = 16, 12, 16
COST, BLOCK, LANES = 2**17, 8, 1
"""A second and 128 MiB for each word that somebody tries; fixed, so that no file asks for more."""
MEMORY = 2 * 128 * COST * BLOCK


class WrongWord(KikoriError):
    """A word that does not open what was sealed, or a file that is not as it was sealed."""


def sealed_with(word: str, solution: Solution, bound: bytes) -> bytes:
    """Seal a solution, together with a hash of what is open.

    Raises:
        KikoriError: the word is too short.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # 20 ms that few commands need

    refuse_short(word)
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    return salt + nonce + ChaCha20Poly1305(_key(word, salt)).encrypt(nonce, msgspec.json.encode(solution), bound)


def opened_with(word: str, sealed: bytes, bound: bytes) -> Solution:
    """Open a solution.

    Raises:
        WrongWord: it is another word, or something was changed since.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce, rest = sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]
    try:
        if len(rest) < TAG:
            raise InvalidTag
        data = ChaCha20Poly1305(_key(word, salt)).decrypt(nonce, rest, bound)
        return msgspec.json.decode(data, type=Solution)
    except (InvalidTag, msgspec.DecodeError):
        raise WrongWord(
            "The word does not open the solution, or the file was changed since it was sealed.", "ask its setter"
        ) from None


def refuse_short(word: str) -> None:
    """Refuse a word that is soon guessed.

    Raises:
        KikoriError: it is too short.
    """
    if len(plain(word)) < SHORTEST:
        raise KikoriError(f"The word has fewer than {SHORTEST} characters, so it is soon guessed.", "a longer --word")


def plain(word: str) -> str:
    """Write a word the same for every keyboard and input method."""
    return " ".join(unicodedata.normalize("NFKC", word).split())


def _key(word: str, salt: bytes) -> bytes:
    secret = plain(word).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=32)
