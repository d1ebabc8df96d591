#!/bin/sh
set -e
socat TCP-LISTEN:8900,fork,reuseaddr OPENSSL:api.openai.com:443,verify=1
