// Builds the reference of src/graphics from its docstrings, as pages under a Content-Security-Policy.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Application, Converter, TSConfigReader } from 'typedoc';
import { namesPage } from './namesPage.mjs';

/** Stricter than the site's for scripts; TypeDoc's own script writes styles into its pages. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'";
/** Sets the colour scheme before the first paint; TypeDoc writes it into each page, where the policy forbids scripts. */
const THEME_SCRIPT = "document.documentElement.dataset.theme = localStorage.getItem('tsd-theme') || 'os';\n";

/** Long names, in headings and tables, must not widen the page on a phone. */
const STYLE = '.tsd-typography table { display: block; overflow-x: auto; }\n.tsd-typography :is(h2, h3, p) code { white-space: normal; overflow-wrap: anywhere; }\n';

/** Moves a page's inline script into a file and writes the policy into it. @param depth folders between the page and the root */
export function secure(html, depth) {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  const secured = html
    .replace(/<script>[^<]*<\/script>/g, `<script src="${'../'.repeat(depth)}assets/theme.js"></script>`)
    .replace('<head>', `<head>${policy}`);
  if (/<script(?![^>]*\bsrc=)[^>]*>|\son\w+="/.test(secured)) throw new Error('TypeDoc wrote a script into a page, which its policy forbids.');
  return secured;
}

async function secureFolder(folder, depth = 0) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await secureFolder(file, depth + 1);
    else if (entry.name.endsWith('.html')) await writeFile(file, secure(await readFile(file, 'utf8'), depth));
  }
}

/** Docstrings write `[*, 3]` and `options.axis`: neither star nor bracket means Markdown, and options taken apart in place still have a name. */
function readDocstringsAsWritten(app) {
  const escape = (parts) => parts.forEach((part) => {
    // "[V, 3]: corners" is a shape and a colon, not a link's address.
    if (part.kind === 'relative-link') Object.assign(part, { kind: 'text', target: undefined, targetAnchor: undefined });
    if (part.kind === 'text') part.text = part.text.replace(/[*_[\]]/g, '\\$&');
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const { comment, parameters = [] } of Object.values(context.project.reflections)) {
      const tags = comment?.blockTags.filter(({ tag, name }) => tag === '@param' && name && !name.includes('.')).map(({ name }) => name) ?? [];
      const spare = tags.filter((name) => !parameters.some((parameter) => parameter.name === name));
      for (const parameter of parameters) if (parameter.name === '__namedParameters') parameter.name = spare.shift() ?? 'options';
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, (context) => {
    for (const { comment } of Object.values(context.project.reflections)) {
      if (!comment) continue;
      escape(comment.summary);
      comment.blockTags.filter((tag) => tag.tag !== '@example').forEach((tag) => escape(tag.content));
    }
  });
}

/** @throws Error where a docstring is broken; what stood in `outDir` is then kept. */
export async function buildDocs({ root, outDir }) {
  const work = path.join(root, '.cache/docs');
  await mkdir(work, { recursive: true });
  const names = path.join(work, 'names.md');
  await writeFile(names, await namesPage(root));
  const customCss = path.join(work, 'style.css');
  await writeFile(customCss, STYLE);
  const app = await Application.bootstrap({
    name: 'Diorama, the library', entryPoints: [path.join(root, 'src/graphics/index.ts')], tsconfig: path.join(root, 'tsconfig.json'),
    // Types are checked by a test of their own.
    skipErrorChecking: true,
    excludeExternals: true, alwaysCreateEntryPointModule: false, excludePrivate: true, excludeInternal: true, disableSources: true, githubPages: false,
    readme: path.join(root, 'scripts/docs/front.md'), favicon: path.join(root, 'public/icon.svg'), customCss, projectDocuments: [names], logLevel: 'Warn',
    validation: { notExported: false, invalidLink: true, invalidPath: false }, hideGenerator: true, navigationLinks: { 'The pose lab': '../' },
  }, [new TSConfigReader()]);
  readDocstringsAsWritten(app);
  const project = await app.convert();
  const fresh = path.join(work, 'api');
  await rm(fresh, { recursive: true, force: true });
  if (project) await app.generateDocs(project, fresh);
  if (!project || app.logger.hasErrors()) throw new Error('The reference could not be built: see the messages above.');
  await writeFile(path.join(fresh, 'assets/theme.js'), THEME_SCRIPT);
  await secureFolder(fresh);
  await rm(outDir, { recursive: true, force: true });
  await mkdir(path.dirname(outDir), { recursive: true });
  await rename(fresh, outDir);
}
