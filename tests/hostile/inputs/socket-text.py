"""A text that is a socket."""

import os
import socket
from pathlib import Path


def attack(world):
    before = Path.cwd()
    os.chdir(world.sources / "eco")  # the path of a socket holds some 100 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket-text.fr.md")
    finally:
        os.chdir(before)
