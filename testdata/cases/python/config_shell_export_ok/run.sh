#!/bin/sh
set -e
export LLM_URL=http://localhost:8000/v1
exec python reply.py
