import type { Allowlist } from "./allowlist.ts";

/**
 * Classes and functions of Keras that build layers, losses and the like out of plain settings, by the modules under which
 * a saved model names them: the public API of Keras 3.15.1 (2026-11-29, `keras/api` of its wheel), without what runs code
 * that the file carries or reads files that it names: Lambda, TFSMLayer, TorchModuleWrapper, JaxLayer, FlaxLayer and the
 * operations that call a function.
 */
const KERAS_CLASSES: Readonly<Record<string, string>> = {
  "keras.layers": `
    Pipeline
    Activation ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention AugMix
    AutoContrast Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D
    BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate
    ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose
    ConvLSTM1D ConvLSTM2D ConvLSTM3D Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose
    Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CutMix Dense DepthwiseConv1D DepthwiseConv2D
    Discretization Dot Dropout ELU EinsumDense Embedding Equalization Flatten GRU GRUCell GaussianDropout
    GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D
    GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalMaxPooling3D GroupNormalization GroupQueryAttention HashedCrossing Hashing Identity InputLayer IntegerLookup
    LSTM LSTMCell LayerNormalization LeakyReLU Masking MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
    MaxPooling2D MaxPooling3D Maximum MelSpectrogram Minimum MixUp MultiHeadAttention Multiply Normalization PReLU
    Permute RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast
    RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue
    RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear
    RandomTranslation RandomZoom ReLU RepeatVector Rescaling Reshape Resizing ReversibleEmbedding STFTSpectrogram
    SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D SimpleRNN SimpleRNNCell Softmax
    Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells StringLookup
    Subtract TextVectorization TimeDistributed UnitNormalization UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D
    ZeroPadding2D ZeroPadding3D
  `,
  "keras.initializers": `
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer Initializer LecunNormal
    LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT STFTInitializer TruncatedNormal
    VarianceScaling Zeros
  `,
  "keras.optimizers": `
    Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer MultiOptimizer Muon Nadam Optimizer
    OptimizerMap RMSprop SGD ScheduleFreeAdamW
  `,
  "keras.optimizers.schedules": `
    CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay LearningRateSchedule PiecewiseConstantDecay
    PolynomialDecay
  `,
  "keras.losses": `
    BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy
    CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLDivergence LogCosh
    Loss MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson
    SparseCategoricalCrossentropy SquaredHinge Tversky
  `,
  "keras.metrics": `
    AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy
    CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives FalsePositives Hinge
    IoU KLDivergence LogCoshError Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU MeanMetricWrapper
    MeanSquaredError MeanSquaredLogarithmicError Metric OneHotIoU OneHotMeanIoU PearsonCorrelation Poisson Precision
    PrecisionAtRecall R2Score Recall RecallAtPrecision RootMeanSquaredError SensitivityAtSpecificity
    SparseCategoricalAccuracy SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SpecificityAtSensitivity
    SquaredHinge Sum TopKCategoricalAccuracy TrueNegatives TruePositives
  `,
  "keras.regularizers": `
    L1 L1L2 L2 OrthogonalRegularizer Regularizer
  `,
  "keras.constraints": `
    Constraint MaxNorm MinMaxNorm NonNeg UnitNorm
  `,
  "keras.dtype_policies": `
    AWQDTypePolicy DTypePolicy DTypePolicyMap FloatDTypePolicy GPTQDTypePolicy Int4DTypePolicy QuantizedDTypePolicy
    QuantizedFloat8DTypePolicy
  `,
  "keras.random": `
    SeedGenerator
  `,
  keras: `
    DTypePolicy FloatDTypePolicy Model Sequential Variable
  `,
  "keras.models": `
    Model Sequential
  `,
  "keras.quantizers": `
    AWQConfig AbsMaxQuantizer Float8QuantizationConfig GPTQConfig Int4QuantizationConfig Int8QuantizationConfig
    QuantizationConfig Quantizer
  `,
  // How Keras names its models, and a wrapper of losses, by the place of their source.
  "keras.src.models.functional": "Functional",
  "keras.src.engine.functional": "Functional",
  "keras.engine.functional": "Functional",
  "keras.src.models.sequential": "Sequential",
  "keras.src.models.model": "Model",
  // Optimizers of the backend for PyTorch, which takes the place of those with the same name.
  ...Object.fromEntries(
    "Adadelta Adagrad Adam Adamax AdamW Lion Nadam RMSprop SGD"
      .split(" ")
      .map((name) => [`keras.src.backend.torch.optimizers.torch_${name.toLowerCase()}`, name]),
  ),
  "keras.src.trainers.compile_utils": "MetricsList CompileLoss CompileMetrics",
  "keras.src.ops.core": `
    Scatter ScatterUpdate Slice SliceUpdate StopGradient Unstack Cast SaturateCast ConvertToTensor
  `,
  "keras.src.ops.einops": `
    Rearrange
  `,
  "keras.src.ops.image": `
    RGBToGrayscale RGBToHSV HSVToRGB Resize AffineTransform ExtractPatches MapCoordinates PadImages CropImages
    PerspectiveTransform GaussianBlur ElasticTransform ScaleAndTranslate SobelEdges SSIM
  `,
  "keras.src.ops.linalg": `
    Cholesky CholeskyInverse Det Eig Eigh Inv LuFactor Norm Qr Solve SolveTriangular SVD Lstsq MatrixRank Pinv JVP
  `,
  "keras.src.ops.math": `
    SegmentReduction TopK InTopK Logsumexp CDist ExtractSequences FFT FFT2 IFFT2 RFFT IRFFT STFT ISTFT Rsqrt Erf Erfc
    Erfinv Logdet ViewAsComplex ViewAsReal
  `,
  "keras.src.ops.nn": `
    Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SoftShrink SparsePlus Silu Squareplus LogSigmoid LeakyRelu
    HardSigmoid HardSilu Elu Selu Gelu Celu Glu TanhShrink HardTanh HardShrink Threshold Softmax LogSoftmax Sparsemax
    MaxPool AdaptiveMaxPool AveragePool AdaptiveAveragePool Conv DepthwiseConv SeparableConv ConvTranspose OneHot
    BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy MultiHot Moments BatchNorm CTCLoss
    CTCDecode Normalize PSNR DotProductAttention RMSNorm LayerNorm Polar Unfold Fold DepthToSpace SpaceToDepth
  `,
  "keras.src.ops.numpy": `
    Rot90 Absolute Fabs Add All AllClose Angle Any Amax Amin Append Arange Arccos Arccosh Arcsin Arcsinh Arctan
    Arctan2 Arctanh Argmax Argmin Argsort Array View Average Heaviside Bincount BitwiseAnd BitwiseInvert BitwiseNot
    BitwiseOr BitwiseXor BitwiseLeftShift LeftShift BitwiseRightShift RightShift BroadcastTo Cbrt Ceil Clip
    Concatenate Conjugate Copy Cos Cosh CountNonzero Cross Cumprod Cumsum Deg2rad Rad2deg Diag Diagflat Diagonal Diff
    Digitize Dot Dstack Einsum EmptyLike Equal Exp Exp2 ExpandDims Expm1 Flip Fliplr Flipud Floor Full FullLike Gcd
    GetItem Geomspace Greater GreaterEqual Hstack Hsplit Hypot Imag I0 Isclose Isfinite IsIn Isinf Isnan Isneginf
    Isposinf Isreal Kron Lcm Ldexp Less LessEqual Linspace Log Log10 Log1p Log2 Logaddexp Logaddexp2 LogicalAnd
    LogicalNot LogicalOr Logspace Matmul Max Maximum Fmax Median Meshgrid Min Minimum Fmin Mod Fmod Moveaxis Nanargmax
    Nanargmin Nancumsum Nancumprod Nanmax Nanmean Nanmedian Nanmin Nanpercentile Nanprod Nanquantile Nanstd Nansum
    Nanvar NanToNum Ndim Nonzero NotEqual OnesLike ZerosLike Outer Pad Percentile Prod Ptp Quantile Ravel UnravelIndex
    Real Reciprocal Repeat Reshape Roll Round SearchSorted Sign Signbit Sin Sinc Sinh Size Sort Split Stack Std
    Swapaxes Take TakeAlongAxis Tan Tanh Tensordot Tile Trace Tril Triu Trunc Vdot Inner Vstack Vsplit Where Subtract
    Multiply Divide DivideNoNan TrueDivide Power Negative Nextafter Square Sqrt Squeeze Transpose Trapezoid Mean
    Vander Var Sum FloorDivide LogicalXor Corrcoef Correlate Select Slogdet Argpartition Histogram ArraySplit Unique
    Dsplit
  `,
};

/** Functions by name alone, as `"module": "builtins"` has them, and in the modules of these names. */
const KERAS_FUNCTIONS: Readonly<Record<string, string>> = {
  "keras.activations": `
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear
    log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus
    sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold
  `,
  "keras.losses": `
    binary_crossentropy binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy
    categorical_generalized_cross_entropy categorical_hinge circle cosine_similarity ctc dice hinge huber
    kl_divergence log_cosh mean_absolute_error mean_absolute_percentage_error mean_squared_error
    mean_squared_logarithmic_error poisson sparse_categorical_crossentropy squared_hinge tversky
  `,
  "keras.metrics": `
    binary_accuracy binary_crossentropy binary_focal_crossentropy categorical_accuracy categorical_crossentropy
    categorical_focal_crossentropy categorical_hinge concordance_correlation hinge huber kl_divergence log_cosh
    mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error
    pearson_correlation poisson sparse_categorical_accuracy sparse_categorical_crossentropy
    sparse_top_k_categorical_accuracy squared_hinge top_k_categorical_accuracy
  `,
  "keras.initializers": `
    constant glorot_normal glorot_uniform he_normal he_uniform identity lecun_normal lecun_uniform ones orthogonal
    random_normal random_uniform stft truncated_normal variance_scaling zeros
  `,
  "keras.regularizers": `
    l1 l1_l2 l2 orthogonal_regularizer
  `,
  "keras.constraints": `
    max_norm min_max_norm non_neg unit_norm
  `,
};

/** Names in the place of a class for what is a value. */
const KERAS_VALUES: ReadonlySet<string> = new Set([
  "__keras_tensor__",
  "__tensor__",
  "__numpy__",
  "__bytes__",
  "__ellipsis__",
  "__slice__",
]);

/** Layers that read the file or address of their setting `vocabulary`, where that is a text (CVE-2025-12058). */
export const KERAS_VOCABULARIES: ReadonlySet<string> = new Set(["StringLookup", "IntegerLookup", "TextVectorization"]);

/** Classes that run what the file carries, or load what it names, in words for a person. */
export const KERAS_CODE: ReadonlyMap<string, string> = new Map([
  ["Lambda", "a Lambda layer, which runs a function that the file carries"],
  ["__lambda__", "a function as compiled Python code"],
  ["TFSMLayer", "a layer that loads a SavedModel from a path"],
  ["TorchModuleWrapper", "a layer that unpickles a PyTorch module"],
  ["JaxLayer", "a layer that calls a serialized JAX function"],
  ["FlaxLayer", "a layer that calls a serialized Flax module"],
  ["__typespec__", "a TensorFlow type by its name"],
]);

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");
const CLASSES = new Map(Object.entries(KERAS_CLASSES).map(([module, names]) => [module, new Set(words(names))]));
const FUNCTIONS = new Map(Object.entries(KERAS_FUNCTIONS).map(([module, names]) => [module, new Set(words(names))]));
const ANY_CLASS = new Set([...CLASSES.values()].flatMap((names) => [...names]));
const ANY_FUNCTION = new Set([...FUNCTIONS.values()].flatMap((names) => [...names]));

/** Classes of Keras 1 and 2, which name no module, that Keras 3 does not have any more: tf.keras of TensorFlow 2.15. */
const KERAS_2: ReadonlySet<string> = new Set([
  "Functional",
  "BatchNormalizationV1",
  "BatchNormalizationV2",
  "CuDNNGRU",
  "CuDNNLSTM",
  "LocallyConnected1D",
  "LocallyConnected2D",
  "Policy",
  "ThresholdedReLU",
]);

/** Whether a class may be built. Without a module, as models before Keras 3 have it, the name alone must be known. */
export function isAllowedKerasClass(module: string | undefined, name: string): boolean {
  if (module === undefined) return ANY_CLASS.has(name) || KERAS_VALUES.has(name) || KERAS_2.has(name);
  return (KERAS_VALUES.has(name) && module === "builtins") || CLASSES.get(module)?.has(name) === true;
}

/** Whether a function may be used. */
export function isAllowedKerasFunction(module: string | undefined, name: string): boolean {
  if (module === undefined || module === "builtins") return ANY_FUNCTION.has(name);
  return FUNCTIONS.get(module)?.has(name) === true;
}

/** Whether `module` is one of Keras whose classes are built out of settings: a class there that is not listed may be newer than the list. */
export function isKerasModule(module: string): boolean {
  return CLASSES.has(module);
}

/** What a Keras model may name. */
export const KERAS_ALLOWLIST: Allowlist = {
  what: "classes and functions that a Keras model may name",
  source:
    "The public API of Keras 3.15.1 and its operations on arrays, without what runs code of the file, loads what the file names, or calls " +
    "a function.",
  date: "2026-11-29",
  names: [...CLASSES, ...FUNCTIONS].flatMap(([module, names]) => [...names].map((name) => `${module}.${name}`)),
};
