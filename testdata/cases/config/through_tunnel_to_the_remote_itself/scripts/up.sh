#!/bin/sh
set -e
ssh -N -L 127.0.0.1:8900:localhost:11434 gpu@box.autodl.example &
