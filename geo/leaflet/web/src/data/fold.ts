/** Make texts comparable: blind to case, accents, apostrophes and the variants of Arabic letters. */

const ASCII = /^[\x20-\x7e]*$/;
const MARKS = /[\p{M}\u0640]/gu; // accents and vowel signs; the Arabic stretching stroke
const QUOTES = /['’‘`´ʿʾʼ"“”]/g;
const PAIRS: Record<string, string> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ئ: "ي",
  ؤ: "و",
  ة: "ه",
  ک: "ك",
  ı: "i",
  ß: "ss",
  ø: "o",
  đ: "d",
  ł: "l",
  æ: "ae",
  œ: "oe",
};
const VARIANTS = new RegExp(`[${Object.keys(PAIRS).join("")}]`, "g");

/** Fold a text for searching; what is found cannot be mapped back to positions in it. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower.replace(QUOTES, "").replaceAll("-", " ");
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(QUOTES, "")
    .replace(/[-‐–—]/g, " ")
    .replace(VARIANTS, (letter) => PAIRS[letter]);
}

/** The words of a query: each must be found; words in double quotes belong together. */
export function queryWords(query: string): string[] {
  const parts = query.match(/"[^"]+"|\S+/g) ?? [];
  return parts.map((part) => fold(part).trim()).filter((part) => part !== "");
}
