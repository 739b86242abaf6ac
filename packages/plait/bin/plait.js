#!/usr/bin/env node
// The `plait` command. It stands here, outside of dist, so that an install before the first build links it as well.
import '../dist/cli.js'
