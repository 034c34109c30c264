/** The 3D view cannot be had here; the page says so and goes on without it. */
export class ViewerError extends Error {
  override readonly name = 'ViewerError';
  constructor(
    /** A stable word for tests and for the page. */
    readonly code: 'no-webgl2',
    message: string,
  ) {
    super(message);
  }
}
