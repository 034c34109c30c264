import ts from 'typescript';

/** An example of a docstring, to be run as it stands. */
export interface Example {
  /** File and exported name, such as `geometry/transformation/quaternion.ts: multiply`. */
  readonly name: string;
  /** TypeScript. */
  readonly code: string;
}

const FENCE = /```(?:ts|typescript)\n([\s\S]*?)```/g;

/** Names that a statement exports. */
function exportedNames(statement: ts.Statement): string[] {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name ? [statement.name.text] : [];
}

/** A source file's exported functions and classes, with the examples in their docstrings. */
export function readExamples(file: string, text: string): readonly { readonly name: string; readonly examples: readonly Example[] }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => exportedNames(statement).map((exported) => {
    const name = `${file}: ${exported}`;
    const tags = ts.getJSDocTags(ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement);
    const examples = tags.filter((tag) => tag.tagName.text === 'example')
      .flatMap((tag) => [...(ts.getTextOfJSDocComment(tag.comment) ?? '').matchAll(FENCE)].map(([, code]) => ({ name, code })));
    return { name, examples };
  }));
}
