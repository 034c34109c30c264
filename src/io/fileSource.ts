/** A file to be read when somebody asks: dropped on the page, or on a disk. */
export interface SourceFile {
  /** With the folders above it, as far as they are known ("chairs/test/1.pcd"). */
  readonly path: string;
  /** In bytes; undefined where nobody knows before it is read. */
  readonly size?: number;
  read(): Promise<Uint8Array>;
}

export interface FileSource {
  readonly files: readonly SourceFile[];
}
