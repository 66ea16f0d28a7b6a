// Typst in one process, warm: ms of CPU for a document beyond the first. Each time another text, since Typst
// remembers what it has set: node typst_warm.mjs FOLDER_OF_NODE_MODULES INPUT.typ OUT.pdf TIMES
import { createRequire } from 'module';
import { readFileSync, writeFileSync } from 'fs';
import { dirname } from 'path';
const [folder, input, output, times] = process.argv.slice(2);
const { NodeCompiler } = createRequire(folder + '/')('@myriaddreamin/typst-ts-node-compiler');
const compiler = NodeCompiler.create({
  fontArgs: [{ fontPaths: ['/usr/share/fonts/truetype/croscore'] }], workspace: dirname(input) });
const source = readFileSync(input, 'utf-8');
const set = (i) => {
  const pdf = compiler.pdf({ mainFileContent: source + `\n#metadata("${i}")\n` });
  compiler.evictCache(0);
  return pdf;
};
let pdf = set(-1);
const begin = process.cpuUsage();
for (let i = 0; i < Number(times); ++i) pdf = set(i);
const used = process.cpuUsage(begin);
console.log(((used.user + used.system) / 1000 / Number(times)).toFixed(1));
writeFileSync(output, pdf);
