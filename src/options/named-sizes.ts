/** A size that has a name: width and height in px. */
export type NamedSize = readonly [width: number, height: number];

/**
 * Every named size, by group: the one table behind URLs, README and playground. Names are the usual ones: those of the
 * IAB (IAB New Ad Portfolio, 2017, and the older display units), of the platforms, and of the screen standards.
 */
export const SIZE_GROUPS = {
  ads: {
    leaderboard: [728, 90],
    'large-leaderboard': [970, 90],
    billboard: [970, 250],
    banner: [468, 60],
    'half-banner': [234, 60],
    'vertical-banner': [120, 240],
    'medium-rectangle': [300, 250],
    mpu: [300, 250],
    'large-rectangle': [336, 280],
    rectangle: [180, 150],
    'vertical-rectangle': [240, 400],
    'pop-under': [720, 300],
    skyscraper: [120, 600],
    'wide-skyscraper': [160, 600],
    'half-page': [300, 600],
    portrait: [300, 1050],
    'mobile-leaderboard': [320, 50],
    'large-mobile-banner': [320, 100],
    'mobile-interstitial': [320, 480],
    'square-ad': [250, 250],
    'small-square': [200, 200],
    button: [120, 90],
    'small-button': [120, 60],
    'square-button': [125, 125],
    'micro-bar': [88, 31],
  },
  social: {
    og: [1200, 630],
    opengraph: [1200, 630],
    facebook: [1200, 630],
    'facebook-cover': [820, 312],
    twitter: [1200, 675],
    'twitter-summary': [600, 600],
    'twitter-header': [1500, 500],
    linkedin: [1200, 627],
    'linkedin-banner': [1584, 396],
    instagram: [1080, 1080],
    'instagram-portrait': [1080, 1350],
    'instagram-landscape': [1080, 566],
    story: [1080, 1920],
    'instagram-story': [1080, 1920],
    tiktok: [1080, 1920],
    pinterest: [1000, 1500],
    youtube: [1280, 720],
    thumbnail: [1280, 720],
    'github-preview': [1280, 640],
    avatar: [400, 400],
    favicon: [32, 32],
    'app-icon': [1024, 1024],
  },
  screens: {
    qvga: [320, 240],
    vga: [640, 480],
    svga: [800, 600],
    xga: [1024, 768],
    wxga: [1280, 800],
    sxga: [1280, 1024],
    uxga: [1600, 1200],
    ntsc: [720, 480],
    pal: [768, 576],
    hd: [1280, 720],
    hd720: [1280, 720],
    '720p': [1280, 720],
    fhd: [1920, 1080],
    hd1080: [1920, 1080],
    '1080p': [1920, 1080],
    qhd: [2560, 1440],
    '1440p': [2560, 1440],
    '4k': [3840, 2160],
    uhd: [3840, 2160],
  },
  devices: {
    iphone: [390, 844],
    'iphone-se': [375, 667],
    'iphone-pro-max': [430, 932],
    pixel: [412, 915],
    galaxy: [360, 780],
    ipad: [820, 1180],
    'ipad-mini': [744, 1133],
    'ipad-pro': [1024, 1366],
    laptop: [1440, 900],
    desktop: [1920, 1080],
    watch: [198, 242],
  },
  paper: {
    a4: [1240, 1754],
    'a4-landscape': [1754, 1240],
    a5: [874, 1240],
    a6: [620, 874],
    letter: [1275, 1650],
    'letter-landscape': [1650, 1275],
    legal: [1190, 1960],
    postcard: [1200, 900],
    'business-card': [1050, 600],
  },
} as const satisfies Record<string, Record<string, NamedSize>>;

/** Every name with its size. */
export const NAMED_SIZES: Readonly<Record<string, NamedSize>> = Object.assign(
  {},
  ...Object.values(SIZE_GROUPS),
);

/** The `MAX_DIMENSION` that a named size needs; undefined where it fits the present one. */
export function neededLimit(name: string, maxDimension: number): number | undefined {
  const longer = Math.max(...(NAMED_SIZES[name] ?? [0]));
  return longer > maxDimension ? longer : undefined;
}
