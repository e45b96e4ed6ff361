// Adds to package-lock.json the optional packages of other platforms that npm left out.
//
// npm writes down only what its registry could serve: behind a mirror that carries Linux packages alone, the entries
// for macOS and Windows are dropped, and `npm ci` then refuses the lock file as out of step. Run after every
// `npm install`; with --check it changes nothing and fails when an entry is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'windows'];
const CPU = ['arm64', 'arm', 'ia32', 'x64', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = missingEntries(lock.packages);
if (process.argv.includes('--check')) {
  if (missing.length > 0) {
    console.error(
      `package-lock.json lacks ${missing.length} packages of other platforms, npm ci would refuse it: run node tools/lock-platforms.mjs`,
    );
    console.error(missing.map(([path]) => `  ${path}`).join('\n'));
    process.exitCode = 1;
  }
} else {
  const packages = { ...lock.packages, ...Object.fromEntries(missing) };
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(`Added ${missing.length} packages of other platforms.`);
}

function missingEntries(packages) {
  const found = new Map();
  for (const [holder, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(packages, holder, name)) continue;
      found.set(`node_modules/${name}`, { version, ...platformOf(name), optional: true, ...(entry.dev && { dev: true }) });
    }
  }
  return [...found];
}

function resolves(packages, holder, name) {
  for (let at = holder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}

function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = OS.find((word) => words.includes(word));
  const cpu = CPU.find((word) => words.some((part) => part === word || part === `${word}hf`));
  return { ...(os && { os: [os === 'windows' ? 'win32' : os] }), ...(cpu && { cpu: [cpu] }) };
}
