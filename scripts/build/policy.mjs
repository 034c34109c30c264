/** What the built pages may do. 'wasm-unsafe-eval' compiles the mesh simplifier's WebAssembly; it does not allow eval. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self' blob:", "img-src 'self' blob: data:",
  "connect-src 'self' blob: data: https:", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');
