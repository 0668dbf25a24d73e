// A QR code (ISO/IEC 18004) of at most 106 bytes: version 5, correction level L, mask 0. One version is enough for an address with a receipt, it has but one
// block of codewords, and readers take any mask.

const side = 37;
const codewords = 108;
const corrections = 26;

// The field of 256 elements by the polynomial 0x11d.
const times = (a, b) => {
  let product = 0;
  for (; b; b >>= 1, a = a << 1 ^ (a >> 7) * 0x11d) if (b & 1) product ^= a;
  return product;
};

const correctionOf = words => {
  const divisor = Array(corrections).fill(0);
  divisor[corrections - 1] = 1;
  for (let i = 0, root = 1; i < corrections; i++, root = times(root, 2)) {
    divisor.forEach((_, at) => divisor[at] = times(divisor[at], root) ^ (divisor[at + 1] ?? 0));
  }

  const rest = Array(corrections).fill(0);
  words.forEach(word => {
    const factor = word ^ rest.shift();
    rest.push(0);
    divisor.forEach((part, at) => rest[at] ^= times(part, factor));
  });
  return rest;
};

// Four bits of mode, eight of length, the text, four of end: so all is shifted by half a byte. Then what fills up.
const wordsOf = bytes => {
  const halves = [4, ...[bytes.length, ...bytes].flatMap(byte => [byte >> 4, byte & 15]), 0];
  const words = [];
  for (let at = 0; at < halves.length; at += 2) words.push(halves[at] << 4 | halves[at + 1]);
  for (let fill = 0xec; words.length < codewords; fill ^= 0xec ^ 0x11) words.push(fill);
  return [...words, ...correctionOf(words)];
};

const qrOf = text => {
  const bytes = [...new TextEncoder().encode(text)];
  if (bytes.length > codewords - 2) return null;
  const rows = Array.from({ length: side }, () => []);
  const set = (x, y, dark) => {
    if (rows[y] && x >= 0 && x < side) rows[y][x] = dark;
  };
  const square = (middleX, middleY, reach, light) => {
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) set(middleX + x, middleY + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
    }
  };
  for (let at = 0; at < side; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }

  [[3, 3], [side - 4, 3], [3, side - 4]].forEach(([x, y]) => square(x, y, 4, [2, 4]));
  square(30, 30, 2, [1]);

  // The format, twice: level L, mask 0, with its own correction.
  for (let bit = 0; bit < 15; bit++) {
    const dark = (0x77c4 >> bit & 1) === 1;
    if (bit < 8) set(8, bit + (bit > 5), dark);
    else set(bit === 8 ? 7 : 14 - bit, 8, dark);
    if (bit < 8) set(side - 1 - bit, 8, dark);
    else set(8, side - 15 + bit, dark);
  }

  set(8, side - 8, true);

  // Two columns at a time from the right, up and down in turn, around the column of the clock.
  const words = wordsOf(bytes);
  let bit = 0;
  for (let right = side - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < side; step++) {
      const y = (right + 1 & 2) === 0 ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (rows[y][x] !== undefined) continue;
        const value = words[bit >> 3] >> (7 - (bit & 7)) & 1;
        rows[y][x] = (value === 1) !== ((x + y) % 2 === 0);
        bit++;
      }
    }
  }

  return rows;
};

const drawQr = (text, label) => {
  const rows = qrOf(text);
  if (!rows) return null;
  const element = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const path = rows.flatMap((row, y) => row.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : '')).join('');
  const svg = element('svg', { class: 'qr', viewBox: `-4 -4 ${side + 8} ${side + 8}`, role: 'img', 'aria-label': label });
  svg.append(element('path', { d: path }));
  return svg;
};
