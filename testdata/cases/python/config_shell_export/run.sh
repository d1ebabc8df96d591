#!/bin/sh
set -e
export LLM_URL=https://api.deepseek.com/v1
exec python reply.py
