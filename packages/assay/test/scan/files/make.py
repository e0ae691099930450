"""
Makes the files beside it with the formats' own tools: pip install h5py==3.14.0 tensorflow-cpu==2.21.0 sentencepiece==0.2.3
"""

import json
import os
import pathlib
import shutil

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy
import sentencepiece
import tensorflow

here = pathlib.Path(__file__).parent

CONFIG = {
    "class_name": "Sequential",
    "config": {"name": "tiny", "layers": [{"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "relu"}}]},
}
LAMBDA = {
    "class_name": "Sequential",
    "config": {"name": "tiny", "layers": [{"class_name": "Lambda", "config": {"name": "l", "function": ["4wEA", None, None]}}]},
}


def weights(file, layers=2):
    group = file.create_group("model_weights")
    group.attrs["layer_names"] = [f"dense_{number}".encode() for number in range(layers)]
    for number in range(layers):
        layer = group.create_group(f"dense_{number}")
        layer.attrs["weight_names"] = [b"kernel:0", b"bias:0"]
        layer.create_dataset("kernel:0", data=numpy.ones((4, 3), numpy.float32))
        layer.create_dataset("bias:0", data=numpy.zeros(3, numpy.float16))


def model(name, config=CONFIG, more=lambda file: None, **options):
    with h5py.File(here / name, "w", **options) as file:
        if config is not None:
            file.attrs["keras_version"] = "2.15.0"
            file.attrs["backend"] = "tensorflow"
            file.attrs["model_config"] = json.dumps(config).encode()
            file.attrs["training_config"] = json.dumps({"loss": "mse", "optimizer_config": {"class_name": "Adam", "config": {}}}).encode()
        weights(file)
        more(file)


def external_link(file):
    file["model_weights/more"] = h5py.ExternalLink("/etc/passwd", "/x")


def external_storage(file):
    file.create_dataset("more", (10,), dtype="u1", external=[("/etc/passwd", 0, 10)])


def virtual(file):
    layout = h5py.VirtualLayout((10,), dtype="u1")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (10,))
    file.create_virtual_dataset("more", layout)


def many(file):
    for number in range(40):
        file.attrs[f"attribute_{number:03}"] = f"value {number}"
        file.create_group(f"group_{number:03}")


def odd(file):
    file.create_dataset("zipped", (8, 8), data=numpy.ones((8, 8)), chunks=(4, 4), compression="gzip", shuffle=True, fletcher32=True)
    file.create_dataset("texts", data=["a", "bc"])
    file.create_dataset("truth", data=numpy.array([True, False]))
    file.create_dataset("complex", data=numpy.ones(2, numpy.complex64))
    file.create_dataset("none", shape=(0, 3), dtype="f4")
    file["soft"] = h5py.SoftLink("/model_weights/dense_0")


def reference(file):
    file.attrs["reference"] = file["model_weights"].ref


model("keras.h5")
model("keras-new.h5", libver="latest")
model("keras-lambda.h5", LAMBDA)
model("keras-lambda-new.h5", LAMBDA, libver="latest")
model("keras-lambda-dense.h5", LAMBDA, many, libver="latest")
model("weights.h5", None)
model("dense.h5", None, many, libver="latest")
model("odd.h5", None, odd)
model("odd-new.h5", None, odd, libver="latest")
model("external-link.h5", None, external_link)
model("external-storage.h5", None, external_storage)
model("virtual.h5", None, virtual, libver="latest")
model("reference.h5", None, reference)
model("configuration.h5", None, lambda file: file.attrs.__setitem__("model_config", 7))


class Module(tensorflow.Module):
    def __init__(self):
        self.weight = tensorflow.Variable(numpy.ones((4, 3), numpy.float32))

    @tensorflow.function(input_signature=[tensorflow.TensorSpec([None, 4], tensorflow.float32)])
    def __call__(self, x):
        return tensorflow.nn.softmax(tensorflow.matmul(x, self.weight))


class Writing(tensorflow.Module):
    @tensorflow.function(input_signature=[tensorflow.TensorSpec([], tensorflow.string)])
    def __call__(self, x):
        tensorflow.raw_ops.SaveV2(prefix="/tmp/x", tensor_names=["a"], shape_and_slices=[""], tensors=[x])
        return x


def saved_model(name, module):
    shutil.rmtree(here / name, ignore_errors=True)
    tensorflow.saved_model.save(module, str(here / name))


saved_model("saved-model", Module())
saved_model("saved-model-writing", Writing())

layers = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(2)])
layers.compile("adam", "mse")
layers.save(here / "keras3.h5")
(here / "dense.tflite").write_bytes(tensorflow.lite.TFLiteConverter.from_keras_model(layers).convert())

graph = tensorflow.Graph()
with graph.as_default(), tensorflow.compat.v1.Session() as session:
    weight = tensorflow.compat.v1.get_variable("w", [3, 2], use_resource=False)
    tensorflow.matmul(tensorflow.compat.v1.placeholder(tensorflow.float32, [None, 3], name="x"), weight, name="y")
    session.run(tensorflow.compat.v1.global_variables_initializer())
    shutil.rmtree(here / "checkpoint-1", ignore_errors=True)
    tensorflow.compat.v1.train.Saver().save(session, str(here / "checkpoint-1/model"))
    constant = tensorflow.compat.v1.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ["y"])
    (here / "frozen.pb").write_bytes(constant.SerializeToString())
(here / "checkpoint-1/checkpoint").write_text('model_checkpoint_path: "model"\nall_model_checkpoint_paths: "model"\n')

# The paths that it is given are in its files: names alone say nothing of this machine.
os.chdir(here)
text = pathlib.Path("text.txt")
text.write_text("the quick brown fox jumps over the lazy dog\n" * 20)
for kind in ("unigram", "bpe"):
    sentencepiece.SentencePieceTrainer.train(
        input="text.txt", model_prefix=f"sentencepiece-{kind}", vocab_size=34, model_type=kind, hard_vocab_limit=False, normalization_rule_name="identity"
    )
    pathlib.Path(f"sentencepiece-{kind}.vocab").unlink()
text.unlink()
