import { installed } from './programs.ts';

// `npm run licences` lists every package that an install brings along, with its licence; docs/licences.md says more.

const byLicence = installed().sort((one, other) => one.licence.localeCompare(other.licence));
for (const { name, version, licence } of byLicence)
  process.stdout.write(`${licence.padEnd(20)} ${name}@${version}\n`);
