#pragma once
#include <torch/torch.h>
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
