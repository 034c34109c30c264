/** Endings of the files that an object may come in, with its materials, buffers and textures: what the readers take. */
export const OBJECT_FILES = ['obj', 'mtl', 'ply', 'stl', 'off', 'glb', 'gltf', 'bin', 'png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp'] as const;

/** As a file picker wants them. */
export const OBJECT_FILES_ACCEPTED = OBJECT_FILES.map((ending) => `.${ending}`).join(',');

/** Pictures that a pose can be sought in. */
export const isPicture = ({ name }: { readonly name: string }): boolean => /\.(png|jpe?g)$/i.test(name);
