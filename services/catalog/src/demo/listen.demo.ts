import type { DemoCategory } from './demo.ts'

export const listen: DemoCategory = {
  slug: 'listen',
  title: 'Listen',
  description: 'Headphones, radios, instruments and a camera for those who would rather look.',
  shelves: [
    { slug: 'headphones-and-radios', title: 'Headphones and radios' },
    { slug: 'instruments', title: 'Instruments' },
    { slug: 'cameras', title: 'Cameras' },
  ],
  products: [
    {
      title: 'Lyra headphones', code: 'LYRA', brand: 'Halden', shelf: 'headphones-and-radios', price: 149, was: 179,
      about: 'The Lyra sits lightly: 214 grams, with a headband that bends instead of pressing. The sound is even rather than loud, so a long afternoon stays comfortable.\n\nWireless plays 38 hours on one charge. Plug in the cable and the battery does not matter at all. Pads and battery can be replaced at home.',
      colors: ['Sand', 'Ink', 'Moss'], option: { name: 'Connection', values: [['Wired', -30], ['Wireless', 0], ['Wireless, quiet', 40]] },
      rating: [4.7, 212], age: 3, stock: [13, 3, 0, 22, 14, 9, 7, 10, 6],
      picture: { emoji: '1f3a7', noun: 'over-ear headphones', stand: 'plinth', part: 'all', size: 440 },
    },
    {
      title: 'Kiosk radio', code: 'KIOSK', brand: 'Halden', shelf: 'headphones-and-radios', price: 79,
      about: 'Turn it on and it plays. The Kiosk runs 20 hours on one charge, remembers five stations and can be opened with a coin when the battery gets old.',
      colors: ['Grey', 'Coral'], rating: [4.9, 168], age: 120, stock: [41, 32],
      picture: { emoji: '1f4fb', noun: 'radio with its aerial raised', stand: 'plinth', part: 'neutral', asIs: 'Grey', size: 450 },
    },
    {
      title: 'Sideways electric guitar', code: 'SIDEWAYS', brand: 'Fret & Sons', shelf: 'instruments', price: 549,
      about: 'A short-scale body that hangs level by itself, with two pickups that stay quiet when you do. Set up by hand before it leaves us.',
      colors: ['Coral', 'Cream'], rating: [4.8, 31], age: 2,
      picture: { emoji: '1f3b8', noun: 'electric guitar', stand: 'wall', part: [310, 25], size: 600 },
    },
    {
      title: 'Optik 35 film camera', code: 'OPTIK-35', brand: 'Halden', shelf: 'cameras', price: 239,
      about: 'A fixed 35 mm lens, a shutter you can hear and a light meter that needs no battery. Takes any film that fits.',
      rating: [4.5, 54], age: 4, stock: [2],
      picture: { emoji: '1f4f7', noun: 'silver and black film camera', stand: 'plinth', ground: '#a9c8c0', size: 430 },
    },
    {
      title: 'Octave travel keyboard', code: 'OCTAVE', brand: 'Fret & Sons', shelf: 'instruments', price: 159,
      about: 'Twenty-five keys with real weight in a case that fits under a seat. Plays through its own speaker or any headphones.',
      rating: [4.3, 47], age: 60,
      picture: { emoji: '1f3b9', noun: 'small black and white keyboard', stand: 'wall', ground: '#efc9bb', size: 460, rotate: -6 },
    },
    {
      title: 'Corner snare drum', code: 'CORNER', brand: 'Fret & Sons', shelf: 'instruments', price: 189,
      about: 'A maple shell with a dry, short answer. Quiet enough for a flat if you use the brushes that come with it.',
      colors: ['Coral', 'Blue'], rating: [4.4, 22], age: 90,
      picture: { emoji: '1f941', noun: 'snare drum with two sticks', stand: 'plinth', part: [315, 20], size: 410 },
    },
    {
      title: 'Larkin open-back banjo', code: 'LARKIN', brand: 'Fret & Sons', shelf: 'instruments', price: 325,
      about: 'Five strings, a walnut neck and a skin that keeps its tune in wet weather. Bright without being sharp.',
      rating: [4.6, 18], age: 200,
      picture: { emoji: '1fa95', noun: 'banjo with a walnut neck', stand: 'wall', ground: '#a9c6d4', size: 580 },
    },
    {
      title: 'Booth desk microphone', code: 'BOOTH', brand: 'Halden', shelf: 'headphones-and-radios', price: 129, was: 149,
      about: 'Sounds close even from an arm away. One cable, one knob, and a stand that does not pass on the typing.',
      colors: ['Grey', 'Ink', 'Sand'], rating: [4.5, 93], age: 45,
      picture: { emoji: '1f399-fe0f', noun: 'studio microphone on its stand', stand: 'plinth', part: 'neutral', asIs: 'Grey', size: 440 },
    },
    {
      title: 'Quay button accordion', code: 'QUAY', brand: 'Fret & Sons', shelf: 'instruments', price: 690,
      about: 'Built in a small workshop by the harbour, tuned dry, with bellows that are sewn and can be sewn again.',
      colors: ['Coral', 'Green'], rating: [4.9, 12], age: 300, stock: [3, 1],
      picture: { emoji: '1fa97', noun: 'accordion', stand: 'plinth', part: [315, 15], size: 430 },
    },
  ],
}
