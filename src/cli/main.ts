#!/usr/bin/env node
import module from 'node:module';

// Keeps compiled code for the next start, where Node supports it (22.1): before any other code of ours is compiled.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();
const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
