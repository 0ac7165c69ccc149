/** A line or two in every script that the bundled fonts have. */
export const SCRIPTS = {
  Latin: 'Zażółć+gęślą+jaźń',
  Vietnamese: 'Tiếng+Việt+rất+đẹp',
  Greek: 'Καλημέρα+κόσμε',
  Cyrillic: 'Привет,+мир!',
  'Chinese, simplified': '你好，世界',
  'Chinese, traditional': '繁體中文：龍馬精神',
  Japanese: '吾輩は猫である。',
  Korean: '안녕하세요+세계',
  'Arabic, right to left': 'مرحبا+بالعالم',
  'Hebrew, right to left': 'שלום+עולם',
  Devanagari: 'नमस्ते+दुनिया',
  Bengali: 'ওহে+বিশ্ব',
  Tamil: 'வணக்கம்+உலகம்',
  Thai: 'สวัสดีชาวโลก',
  Georgian: 'გამარჯობა+მსოფლიო',
  Armenian: 'Բարեւ+աշխարհ',
  'Five scripts': 'Tea+茶+شاي+чай+τσάι',
  'Right to left with digits': 'מחיר+250+ש״ח+(Sale)',
  'A line each way': 'English+first\\nثم+العربية',
  'Wrapped without spaces': '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。',
  'Symbols and maths': '→+√2+≠+½+±+∞+♥+€',
} as const;

/** Emoji and their sequences (UTS #51). */
export const EMOJI = {
  Plain: '😀🚀🎉',
  'With text': 'Ship+it+🚀+today',
  'Skin tones': '👋🏻👋🏼👋🏽👋🏾👋🏿',
  Flags: '🇩🇪🇧🇷🇯🇵🇺🇳🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'Joined sequences': '👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈❤️‍🔥',
  Keycaps: '1️⃣2️⃣3️⃣*️⃣',
  'As text or picture': '☎+☎️+✔+✔️',
  'Right to left': 'سلام+🌍+שלום',
  'On two lines': '🍎🍐🍊\\n🥕🌽🥦',
} as const;
