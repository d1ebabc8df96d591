#!/bin/sh
set -e
ssh -N -L 127.0.0.1:8900:localhost:11434 gpu@192.168.7.20 &
