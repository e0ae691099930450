import { malformed, notUnderstood } from "./format-error.ts";
import { schemaOf } from "./protobuf/schema.ts";
import { walkProtobuf } from "./protobuf/walk.ts";
import type { RandomAccess } from "./random-access.ts";

/** src/sentencepiece_model.proto of sentencepiece 0.2.3. */
const SCHEMA = schemaOf(`
ModelProto: 1 pieces SentencePiece*, 2 trainer_spec TrainerSpec, 3 normalizer_spec NormalizerSpec, 4 self_test_data SelfTestData, 5 denormalizer_spec NormalizerSpec
SentencePiece: 1 piece text, 2 score fixed32, 3 type varint
SelfTestData: 1 samples Sample*
Sample: 1 input text, 2 expected text
TrainerSpec: 1 input text*, 7 input_format text, 2 model_prefix text, 3 model_type varint, 4 vocab_size varint, 5 accept_language text*, 6 self_test_sample_size varint, 10 character_coverage fixed32, 11 input_sentence_size varint, 12 mining_sentence_size varint, 13 training_sentence_size varint, 14 seed_sentencepiece_size varint, 15 shrinking_factor fixed32, 16 num_threads varint, 17 num_sub_iterations varint, 18 max_sentence_length varint, 19 shuffle_input_sentence varint, 20 max_sentencepiece_length varint, 21 split_by_unicode_script varint, 22 split_by_whitespace varint, 23 split_by_number varint, 24 treat_whitespace_as_suffix varint, 25 split_digits varint, 26 allow_whitespace_only_pieces varint, 30 control_symbols text*, 31 user_defined_symbols text*, 32 vocabulary_output_piece_score varint, 33 hard_vocab_limit varint, 34 use_all_vocab varint, 35 byte_fallback varint, 36 required_chars text, 40 unk_id varint, 41 bos_id varint, 42 eos_id varint, 43 pad_id varint, 44 unk_surface text, 45 unk_piece text, 46 bos_piece text, 47 eos_piece text, 48 pad_piece text, 49 train_extremely_large_corpus varint, 50 enable_differential_privacy varint, 51 differential_privacy_noise_level fixed32, 52 differential_privacy_clipping_threshold varint, 53 pretokenization_delimiter text, 54 seed_sentencepieces_file text, 55 auto_character_coverage varint
NormalizerSpec: 1 name text, 2 precompiled_charsmap bytes, 3 add_dummy_prefix varint, 4 remove_extra_whitespaces varint, 5 escape_whitespaces varint, 6 normalization_rule_tsv text
`);

/**
 * Reads a SentencePiece model whole: pieces, how it was trained, how text is normalized. Returns the number of pieces.
 *
 * @throws FormatError
 */
export async function readSentencePiece(file: RandomAccess): Promise<number> {
  const { message, unknownFields } = await walkProtobuf(file, { schema: SCHEMA, type: "ModelProto", leave: () => false });
  const [unknown] = unknownFields;
  if (unknown !== undefined) notUnderstood(`has the unknown field ${unknown.number} in a ${unknown.type}`, unknown.offset);
  const pieces = message.counted("pieces");
  if (pieces === 0) malformed("has no piece");
  if (message.counted("normalizer_spec") === 0) malformed("does not say how text is normalized: it may be truncated");
  return pieces;
}
