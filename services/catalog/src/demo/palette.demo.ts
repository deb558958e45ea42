interface Tone {
  /** The swatch, and the colour of the object. */
  hex: string
  /** The wall it stands out from. */
  ground: string
}

export const PALETTE: Record<string, Tone> = {
  Sand: { hex: '#cdb79a', ground: '#9cc4bb' },
  Ink: { hex: '#3d4a52', ground: '#e8b7a0' },
  Moss: { hex: '#6f9a6a', ground: '#ecd287' },
  Coral: { hex: '#e0685a', ground: '#b9cfe0' },
  Petrol: { hex: '#2d7a78', ground: '#f0d58b' },
  Green: { hex: '#4f9f83', ground: '#f1c3a6' },
  Cream: { hex: '#efe6d2', ground: '#d9b7a4' },
  Blue: { hex: '#4f7fb5', ground: '#e9c9b1' },
  Brown: { hex: '#8a5648', ground: '#cfdcb9' },
  Yellow: { hex: '#eab84c', ground: '#aebfd9' },
  Grey: { hex: '#a8abb2', ground: '#ee9f80' },
  Rose: { hex: '#dd9aa6', ground: '#a8bfae' },
}

/** Walls for things that come in one colour, by turns. */
export const GROUNDS = ['#a9c8c0', '#efc9bb', '#aebfd9', '#e6d3b5', '#cfdcb9', '#f2cf9c', '#e9b9c4', '#a9c6d4']
