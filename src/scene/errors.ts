/** What went wrong with something a person gave us, in words they can act on. */
export class SceneError extends Error {
  override readonly name: string = 'SceneError';
  constructor(
    /** What is wrong, in one sentence. */
    readonly reason: string,
    readonly details: {
      /** The file's or URL's name as the person knows it. */
      readonly file?: string;
      /** Where in it: "line 12", "byte 84", "/meshes/0". */
      readonly place?: string;
      /** What to do about it. */
      readonly advice?: string;
      /** A stable word for tests and for the page. */
      readonly code: SceneErrorCode;
    },
  ) {
    const what = [details.file, details.place, reason].filter(Boolean).join(': ');
    super(details.advice ? `${what.replace(/[^.!?]$/, '$&.')} ${details.advice}` : what);
  }
}

export type SceneErrorCode =
  | 'empty' | 'malformed' | 'unsupported' | 'too-large' | 'no-faces' | 'not-finite' | 'index-out-of-range'
  | 'not-an-image' | 'missing-file' | 'network' | 'out-of-memory';
