#!/bin/sh
set -e
cloudflared access tcp --hostname llm.partner.example --url localhost:8900
