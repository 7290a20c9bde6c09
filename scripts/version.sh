#!/usr/bin/env bash
# The version, as Sources/FonanaCore/BuildInfo.swift says.
set -euo pipefail
cd "$(dirname "$0")/.."
sed -n 's/.*let version = "\(.*\)"/\1/p' Sources/FonanaCore/BuildInfo.swift
