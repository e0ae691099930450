import type { Allowlist } from "./allowlist.ts";

/**
 * Operators of the standard domain: the schemas of onnx 1.23.2, every version of them (2026-11-29), then those of the
 * first releases that runtimes still read, and the two that ONNX Runtime adds to the domain.
 */
const STANDARD = `
Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization Bernoulli BitCast
BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast CastLike CausalConvWithState Ceil Celu CenterCropPad Clip
Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumProd CumSum DFT
DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor
GRU Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample
GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf IsNaN
LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual LinearAttention Log LogSoftmax Loop LpNormalization LpPool MatMul
MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg
NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad Pow
QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range
Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare
RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu
SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign Sin
Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat
StringNormalizer StringSplit Sub Sum SwiGLU Swish Tan Tanh TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu
Unique Unsqueeze Upsample Where Xor
Affine ConstantFill Crop DynamicSlice GivenTensorFill GRUUnit ImageScaler ParametricSoftplus Scale ScaledTanh
SimplifiedLayerNormalization FastGelu
`;

/** onnx 1.23.2, 2026-11-29. */
const MACHINE_LEARNING = `
ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder LinearClassifier
LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor
ZipMap
`;
const TRAINING = "Adagrad Adam Gradient Momentum";
const PREVIEW = "FlexAttention";

/**
 * What ONNX Runtime has built in: docs/ContribOperators.md of microsoft/onnxruntime, 2026-11-29, without EPContext and
 * Snpe (machine code for a device, from the node or from a file), ATen and PythonOp (call functions by name).
 */
const MICROSOFT = `
Attention AttnLSTM BeamSearch BiasAdd BiasDropout BiasGelu BiasSoftmax BiasSplitGelu BifurcationDetector BitmaskBiasDropout
BitmaskDropout CDist CausalConvWithState ComplexMul ComplexMulConj ConvTransposeWithDynamicPads CropAndResize DecoderAttention
DecoderMaskedMultiHeadAttention DecoderMaskedSelfAttention DequantizeBFP DequantizeLinear DequantizeWithOrder DynamicQuantizeLSTM
DynamicQuantizeMatMul DynamicTimeWarping EmbedLayerNormalization EngramGate ExpandDims FastGelu FusedConv FusedGemm FusedMatMul
FusedMatMulActivation GatedAdd GatedDeltaNet GatedRMSNorm GatedRelativePositionBias GatherBlockQuantized GatherND Gelu GemmFastGelu
GemmFloat8 GemmaRotaryEmbedding GreedySearch GridSample GroupNorm GroupQueryAttention Inverse Irfft IsAllFinite LinearAttention
LinearAttentionGate LongformerAttention MRotaryEmbedding MatMulBlockQuantizedFp4Weight MatMulBlockQuantizedFp8Weight MatMulBnb4
MatMulFpQ4 MatMulInteger16 MatMulIntegerToFloat MatMulNBits MatMulNBitsMlp MatMulNBitsQkv MaxpoolWithMask MoE MulInteger
MultiHeadAttention MurmurHash3 NGramHashMapping NGramRepeatBlock NhwcConv NhwcFusedConv NhwcMaxPool PackedAttention
PackedMultiHeadAttention Pad PagedAttention QAttention QEmbedLayerNormalization QGemm QLinearAdd QLinearAveragePool QLinearConcat
QLinearConv QLinearGlobalAveragePool QLinearLeakyRelu QLinearMul QLinearReduceMean QLinearSigmoid QLinearSoftmax QLinearWhere QMoE
QOrderedAttention QOrderedGelu QOrderedLayerNormalization QOrderedLongformerAttention QOrderedMatMul QuantizeBFP QuantizeLinear
QuantizeWithOrder QuickGelu Range ReduceSumInteger RelativePositionBias RemovePadding RestorePadding Rfft RotaryEmbedding SampleOp
Sampling SkipGroupNorm SkipLayerNormalization SkipSimplifiedLayerNormalization SparseAttention SparseToDenseMatMul Tokenizer
TorchEmbedding TransposeMatMul Trilu UnfoldTensor Unique VarlenCausalConvWithState VarlenNGramHashMapping WhisperBeamSearch
WordConvEmbedding
`;
/** The internal layout of graphs that ONNX Runtime saves after it has optimized them. */
const LAYOUT =
  "AveragePool Conv GlobalAveragePool GlobalMaxPool MaxPool ReorderInput ReorderOutput Upsample BatchNormalization QLinearConv";

const DOMAINS: Readonly<Record<string, string>> = {
  "": STANDARD,
  "ai.onnx.ml": MACHINE_LEARNING,
  "ai.onnx.training": TRAINING,
  "ai.onnx.preview.training": TRAINING,
  "ai.onnx.preview": PREVIEW,
  "com.microsoft": MICROSOFT,
  "com.microsoft.nchwc": LAYOUT,
  "com.ms.internal.nhwc": LAYOUT,
};

/** Operators that run code or load machine code, with what they do. */
const CODE: ReadonlyMap<string, string> = new Map([
  ["PyOp", "calls a Python function by name"],
  ["PyCustomOp", "calls a Python function by name"],
  ["PythonOp", "calls a Python function by name"],
  ["PythonOpGrad", "calls a Python function by name"],
  ["PyFunc", "calls a Python function by name"],
  ["ExternalOp", "calls a library outside the runtime"],
  ["ATen", "calls a function of PyTorch by name"],
  ["ATenOp", "calls a function of PyTorch by name"],
  ["EPContext", "loads machine code for a device"],
  ["Snpe", "loads machine code for a device"],
]);

const allowed = new Map<string, ReadonlySet<string>>();

/** Whether every runtime has this operator built in and it only computes; undefined for a domain that is not a runtime's own. */
export function isAllowedOnnxOperator(domain: string, name: string): boolean | undefined {
  const key = domain === "ai.onnx" ? "" : domain;
  if (!Object.hasOwn(DOMAINS, key)) return undefined;
  const names = allowed.get(key) ?? new Set(DOMAINS[key]?.trim().split(/\s+/));
  allowed.set(key, names);
  return names.has(name);
}

/** What an operator does that is known to run code, in any domain. */
export function onnxCodeOperator(name: string): string | undefined {
  return CODE.get(name);
}

/** Every operator, those of other domains than the standard one with it: `ai.onnx.ml.Scaler`. */
export const ONNX_ALLOWLIST: Allowlist = {
  what: "operators that an ONNX model may have",
  source:
    "The schemas of onnx 1.23.2 and the contrib operators of ONNX Runtime, without those that call functions by name or load machine code.",
  date: "2026-11-29",
  names: Object.entries(DOMAINS).flatMap(([domain, names]) =>
    [...new Set(names.trim().split(/\s+/))].map((name) => (domain === "" ? name : `${domain}.${name}`)),
  ),
};
