/** Ids 0 to 255 are the bytes; then the beginning and the end of a text. */
export const BEGIN = { token: "<s>", id: 256 } as const;
export const END = { token: "</s>", id: 257 } as const;

/** A byte-level tokenizer without merges, in the format of the `tokenizers` library. */
export function makeTokenizer(): object {
  const vocabulary = Object.fromEntries(Array.from({ length: 256 }, (_, byte) => [byteCharacter(byte), byte]));
  const special = [BEGIN, END].map(({ token, id }) => ({
    id,
    content: token,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: { ...vocabulary, [BEGIN.token]: BEGIN.id, [END.token]: END.id },
      merges: [],
    },
  };
}

/** The printable character that byte-level tokenizers write for a byte: itself, or one from U+0100 up. */
function byteCharacter(byte: number): string {
  if (isPrintable(byte)) return String.fromCharCode(byte);
  let unprintable = 0;
  for (let other = 0; other < byte; other += 1) if (!isPrintable(other)) unprintable += 1;
  return String.fromCharCode(0x100 + unprintable);
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}
