"""Collects ONNX's own node tests of the operators that are imported into backend.zip: for each case model.onnx, input.pb and output.pb.

Every input but the first becomes an initializer, as networks have their parameters; operators that join values keep all of them, input_1.pb and so on. What a network
does with constants alone, Slice and Split, is added to an input. Of several outputs the first one is asked for. The first axis of the input is the batch; but for operators that work
element by element, and so have no axis of their own, the whole input is one sample: a batch axis of extent 1 is put in front of it.

Debian: apt-get install python3-onnx; then /usr/bin/python3 collect_backend.py
"""
import warnings
import zipfile

import numpy as np

# The cases are older than NumPy 1.24, which dropped these names.
for name, kind in (("float", float), ("bool", bool), ("int", int), ("object", object)):
    setattr(np, name, kind)
warnings.filterwarnings("ignore")
np.random.seed(20)

from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from onnx.backend.test.case.node import collect_testcases  # noqa: E402

from fixtures import path  # noqa: E402

BY_AXIS = ["Gemm", "MatMul", "BatchNormalization", "Softmax", "LogSoftmax", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Constant",
           "QuantizeLinear", "DequantizeLinear", "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool",
           "LayerNormalization", "Pad", "ReduceMean", "RNN", "GRU", "LSTM", "Gather"]
BY_ELEMENT = ["Add", "Sub", "Mul", "Div", "Neg", "Relu", "LeakyRelu", "PRelu", "ThresholdedRelu", "Elu", "Celu", "Selu", "Sigmoid", "Tanh", "Softplus",
              "Softsign", "HardSigmoid", "HardSwish", "Mish", "Gelu", "Clip", "Identity", "Dropout", "Cast"]
JOINS = ["Sum", "Concat"]
CONSTANTS = ["Slice", "Split"]


def tensor(value, name, description=None):
    if isinstance(value, TensorProto):
        copy = TensorProto()
        copy.CopyFrom(value)
        copy.name = name
        return copy
    result = numpy_helper.from_array(np.asarray(value), name)
    if description is not None and description.type.tensor_type.elem_type == TensorProto.BFLOAT16 and result.data_type == TensorProto.UINT16:
        # NumPy has no such type: the cases hold the bits.
        result.data_type = TensorProto.BFLOAT16
    return result


def main():
    cases = {case.name: case for case in collect_testcases(None)}
    written = 0
    with zipfile.ZipFile(path("backend.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, case in sorted(cases.items()):
            # The body of a function belongs to the operator that it is the body of.
            own = cases[name[:-len("_expanded")]] if name.endswith("_expanded") else case
            operator = own.model.graph.node[0].op_type
            if operator not in BY_AXIS + BY_ELEMENT + JOINS + CONSTANTS or len(own.model.graph.node) != 1:
                continue
            inputs, outputs = case.data_sets[0]
            model = case.model
            graph = model.graph
            single = all(value.type.HasField("tensor_type") for value in graph.input)
            joins = operator in JOINS
            if operator in ("LayerNormalization", "MaxPool", "RNN", "GRU", "LSTM"):
                del graph.output[1:]
            if single and joins:
                for value in graph.input:
                    extents = [1] + [axis.dim_value for axis in value.type.tensor_type.shape.dim]
                    del value.type.tensor_type.shape.dim[:]
                    for extent in extents:
                        value.type.tensor_type.shape.dim.add().dim_value = extent
                for attribute in graph.node[0].attribute:
                    if attribute.name == "axis" and attribute.i >= 0:
                        attribute.i += 1
            elif single and operator in CONSTANTS and outputs[0].size > 0 and outputs[0].dtype == np.float32:
                for value, description in zip(inputs, graph.input):
                    graph.initializer.append(tensor(value, description.name, description))
                del graph.input[:]
                graph.node.append(helper.make_node("Add", ["value", graph.output[0].name], ["sum"]))
                added = np.linspace(-1, 1, outputs[0].size, dtype=np.float32).reshape(1, *outputs[0].shape)
                graph.input.append(helper.make_tensor_value_info("value", TensorProto.FLOAT, added.shape))
                del graph.output[:]
                graph.output.append(helper.make_tensor_value_info("sum", TensorProto.FLOAT, added.shape))
                inputs, outputs = [added], [added + outputs[0]]
            elif single:
                for value, description in list(zip(inputs, graph.input))[1:]:
                    graph.initializer.append(tensor(value, description.name, description))
                if len(graph.input) > 0 and operator in BY_ELEMENT:
                    shape = graph.input[0].type.tensor_type.shape
                    extents = [1] + [axis.dim_value for axis in shape.dim]
                    del shape.dim[:]
                    for extent in extents:
                        shape.dim.add().dim_value = extent
                del graph.input[1:]

            def put(file, content):
                archive.writestr(zipfile.ZipInfo(f"{name}/{file}", (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)

            put("model.onnx", model.SerializeToString())
            # The cases over three axes have megabytes of numbers, and no layer here does.
            small = all(np.size(value) <= 20000 for value in inputs if not isinstance(value, (TensorProto, list)))
            if single and small and len(graph.input) > 0:
                put("input.pb", tensor(inputs[0], "input", graph.input[0]).SerializeToString())
                for i in range(1, len(inputs) if joins else 0):
                    put(f"input_{i}.pb", tensor(inputs[i], "input", graph.input[i]).SerializeToString())
                put("output.pb", tensor(outputs[0], "output", graph.output[0]).SerializeToString())
            written += 1
    print(f"{written} of {len(cases)} cases")


main()
