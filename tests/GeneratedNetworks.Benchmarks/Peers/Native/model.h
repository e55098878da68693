#pragma once
#include <torch/torch.h>
#include <stdexcept>
#include <string>
#include <vector>

// Dense layers with one activation between them and a linear output.
inline torch::nn::Sequential build(const std::vector<int64_t> &sizes, bool tanh) {
    torch::nn::Sequential model;
    for (size_t i = 1; i < sizes.size(); i++) {
        model->push_back(torch::nn::Linear(sizes[i - 1], sizes[i]));
        if (i + 1 == sizes.size()) continue;
        if (tanh) model->push_back(torch::nn::Tanh());
        else model->push_back(torch::nn::ReLU());
    }
    return model;
}

// Images of 28x28: eight filters of 3x3, the largest of each 2x2, then dense layers.
inline torch::nn::Sequential buildSmall() {
    return torch::nn::Sequential(
        torch::nn::Conv2d(1, 8, 3), torch::nn::ReLU(), torch::nn::MaxPool2d(2), torch::nn::Flatten(),
        torch::nn::Linear(1352, 64), torch::nn::ReLU(), torch::nn::Linear(64, 10));
}

// Signals of 128 steps of 6 channels, which come first here.
inline torch::nn::Sequential buildSignal() {
    return torch::nn::Sequential(
        torch::nn::Conv1d(torch::nn::Conv1dOptions(6, 16, 5).padding(2)), torch::nn::ReLU(), torch::nn::MaxPool1d(2),
        torch::nn::Conv1d(torch::nn::Conv1dOptions(16, 32, 5).padding(2)), torch::nn::ReLU(),
        torch::nn::AdaptiveAvgPool1d(1), torch::nn::Flatten(), torch::nn::Linear(32, 6));
}

// A convolution without bias and its normalization.
inline void addNormalized(torch::nn::Sequential &model, torch::nn::Conv2dOptions options, bool rectified = true) {
    model->push_back(torch::nn::Conv2d(options.bias(false)));
    model->push_back(torch::nn::BatchNorm2d(options.out_channels()));
    if (rectified) model->push_back(torch::nn::ReLU());
}

// Spectrograms of 49x10: four pairs of a depthwise and a pointwise convolution.
inline torch::nn::Sequential buildKeyword() {
    torch::nn::Sequential model;
    addNormalized(model, torch::nn::Conv2dOptions(1, 64, {10, 4}).stride(2).padding({5, 1}));
    for (int i = 0; i < 4; i++) {
        addNormalized(model, torch::nn::Conv2dOptions(64, 64, 3).padding(1).groups(64));
        addNormalized(model, torch::nn::Conv2dOptions(64, 64, 1));
    }
    model->push_back(torch::nn::AdaptiveAvgPool2d(1));
    model->push_back(torch::nn::Flatten());
    model->push_back(torch::nn::Linear(64, 12));
    return model;
}

// Two convolutions beside a way around them, which is one of 1x1 where the shape changes.
struct ResidualImpl : torch::nn::Module {
    torch::nn::Sequential made, around;

    ResidualImpl(int64_t inputs, int64_t outputs, int64_t stride) {
        addNormalized(made, torch::nn::Conv2dOptions(inputs, outputs, 3).stride(stride).padding(1));
        addNormalized(made, torch::nn::Conv2dOptions(outputs, outputs, 3).padding(1), false);
        register_module("made", made);
        if (inputs != outputs) around->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(inputs, outputs, 1).stride(stride)));
        register_module("around", around);
    }

    torch::Tensor forward(torch::Tensor x) { return torch::relu(made->forward(x) + (around->is_empty() ? x : around->forward(x))); }
};
TORCH_MODULE(Residual);

// Images of 32x32x3: three residual blocks.
inline torch::nn::Sequential buildResidual() {
    torch::nn::Sequential model;
    addNormalized(model, torch::nn::Conv2dOptions(3, 16, 3).padding(1));
    model->push_back(Residual(16, 16, 1));
    model->push_back(Residual(16, 32, 2));
    model->push_back(Residual(32, 64, 2));
    model->push_back(torch::nn::AdaptiveAvgPool2d(1));
    model->push_back(torch::nn::Flatten());
    model->push_back(torch::nn::Linear(64, 10));
    return model;
}

// A network of images or signals by name, the shape of a sample, and how many classes it tells apart.
struct ImageModel {
    torch::nn::Sequential model;
    std::vector<int64_t> shape;
    int64_t classes;
};

inline ImageModel buildImages(const std::string &name) {
    if (name == "small") return {buildSmall(), {1, 28, 28}, 10};
    if (name == "har1d") return {buildSignal(), {6, 128}, 6};
    if (name == "dscnn") return {buildKeyword(), {1, 49, 10}, 12};
    if (name == "resnet8") return {buildResidual(), {3, 32, 32}, 10};
    throw std::runtime_error("no network is called " + name);
}

// A recurrent layer, and a dense layer over its steps.
struct SequenceImpl : torch::nn::Module {
    torch::nn::GRU gru{nullptr};
    torch::nn::LSTM lstm{nullptr};
    torch::nn::Linear head{nullptr};

    SequenceImpl(const std::string &layer, int64_t units) {
        if (layer == "gru") gru = register_module("gru", torch::nn::GRU(torch::nn::GRUOptions(1, units).batch_first(true)));
        else lstm = register_module("lstm", torch::nn::LSTM(torch::nn::LSTMOptions(1, units).batch_first(true)));
        head = register_module("head", torch::nn::Linear(units, 1));
    }

    torch::Tensor forward(torch::Tensor x) { return head->forward(gru ? std::get<0>(gru->forward(x)) : std::get<0>(lstm->forward(x))); }
};
TORCH_MODULE(Sequence);
