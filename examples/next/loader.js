'use client';

/** `src` is a ratio, such as `3:2`: the picture is drawn at the width that the browser asks for. */
export default function placeholder({ src, width }) {
  return `/image/${Math.min(width, 2000)}x${src}.webp`;
}
