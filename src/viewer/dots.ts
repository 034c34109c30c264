import { BufferAttribute, BufferGeometry, Color, Points, ShaderMaterial } from 'three';

const VERTEX = /* glsl */ `
  attribute vec3 color;
  attribute float size;
  uniform float diameter;
  varying vec3 fill;
  varying float across;
  void main() {
    fill = color;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    across = diameter * size;
    gl_PointSize = across;
  }`;

const FRAGMENT = /* glsl */ `
  uniform float ring;
  uniform vec3 ringColor;
  uniform bool hollow;
  varying vec3 fill;
  varying float across;
  void main() {
    float inside = 0.5 * across - across * distance(gl_PointCoord, vec2(0.5));
    if (inside <= 0.0 || (hollow && inside > ring)) discard;
    gl_FragColor = vec4(inside < ring ? ringColor : fill, min(inside, 1.0));
    #include <colorspace_fragment>
  }`;

/** Round dots of a fixed size on the screen, with a ring round them where `ring` > 0 (CSS pixels both); `hollow` ones are the ring alone. */
export function createDots({ diameter, ring = 0, hollow = false }: { readonly diameter: number; readonly ring?: number; readonly hollow?: boolean }) {
  const material = new ShaderMaterial({
    vertexShader: VERTEX, fragmentShader: FRAGMENT, transparent: true,
    uniforms: { diameter: { value: diameter }, ring: { value: ring }, ringColor: { value: new Color() }, hollow: { value: hollow } },
  });
  const object = new Points(new BufferGeometry(), material);
  object.frustumCulled = false;
  return {
    object,
    /** @param points [N, 3]. @param colors [N, 3] linear RGB. @param sizes [N]: factors of the diameter, 1 by default. */
    set(points: Float32Array, colors: Float32Array, sizes = new Float32Array(points.length / 3).fill(1)) {
      object.geometry.dispose();
      object.geometry = new BufferGeometry();
      object.geometry.setAttribute('position', new BufferAttribute(points, 3));
      object.geometry.setAttribute('color', new BufferAttribute(colors, 3));
      object.geometry.setAttribute('size', new BufferAttribute(sizes, 1));
      object.visible = points.length > 0;
    },
    setRingColor: (hex: number) => void material.uniforms.ringColor.value.setHex(hex),
    setPixelRatio(ratio: number) {
      material.uniforms.diameter.value = diameter * ratio;
      material.uniforms.ring.value = ring * ratio;
    },
    dispose() {
      object.geometry.dispose();
      material.dispose();
    },
  };
}
