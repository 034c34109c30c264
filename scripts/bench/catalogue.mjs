// Which benches there are, read from their source without running it: a bench imports the whole library.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { UsageError } from './options.mjs';

const SUFFIX = '.bench.ts';

/** The value of an expression made of literals alone; anything else is refused. */
function literal(node, file) {
  switch (node?.type) {
    case 'Literal': return node.value;
    case 'TSAsExpression': case 'TSSatisfiesExpression': case 'ParenthesizedExpression': return literal(node.expression, file);
    case 'TemplateLiteral': if (node.expressions.length === 0) return node.quasis[0].value.cooked; break;
    case 'BinaryExpression': if (node.operator === '+') return literal(node.left, file) + literal(node.right, file); break;
    case 'ArrayExpression': return node.elements.map((element) => literal(element, file));
    case 'ObjectExpression':
      return Object.fromEntries(node.properties.map((p) => [p.key.name ?? p.key.value, literal(p.value, file)]));
  }
  throw new UsageError(`${file}: "description", "options" and "backend" must be written as literals, so that --help can read them.`);
}

/** `{name, file, description, options, backend}` of one bench file; the backend is where it computes unless told otherwise. */
export function readBench(file) {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length > 0) throw new UsageError(`${file}: ${errors[0].message}`);
  const exported = {};
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declaration.declarations) {
      if (['description', 'options', 'backend'].includes(id.name)) exported[id.name] = literal(init, file);
    }
  }
  if (typeof exported.description !== 'string') throw new UsageError(`${file} must export a description.`);
  return { name: path.basename(file, SUFFIX), file, description: exported.description, options: exported.options ?? [], backend: exported.backend ?? 'webgl' };
}

/** Every bench in a folder, by name. */
export function listBenches(folder) {
  return readdirSync(folder).filter((name) => name.endsWith(SUFFIX)).sort().map((name) => readBench(path.join(folder, name)));
}

/** The bench of that name, or a refusal that names those there are. */
export function findBench(folder, name) {
  const file = path.join(folder, `${name}${SUFFIX}`);
  if (/^[a-z][\w-]*$/i.test(name) && existsSync(file)) return readBench(file);
  const names = readdirSync(folder).filter((n) => n.endsWith(SUFFIX)).map((n) => n.slice(0, -SUFFIX.length));
  throw new UsageError(`There is no bench "${name}". There are: ${names.sort().join(', ')}`);
}
