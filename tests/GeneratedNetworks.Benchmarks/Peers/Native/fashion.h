#pragma once
#include <torch/torch.h>
#include <time.h>
#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "model.h"

// Fashion-MNIST, softmax and cross-entropy, Adam, batch 64: "dense" is 784-128-10, "small" a convolution and a pool before 1352-64-10, both with ReLU.
// Reads the raw files that the driver unpacked.
class Fashion {
public:
    Fashion(const std::string &network, const std::string &folder)
        : model_(network == "small" ? buildSmall() : build({784, 128, 10}, false)), optimizer_(model_->parameters(), torch::optim::AdamOptions(1e-3)) {
        train_images_ = images(folder + "/train-images");
        train_labels_ = labels(folder + "/train-labels");
        test_images_ = images(folder + "/test-images");
        test_labels_ = labels(folder + "/test-labels");
        if (network != "small") return;
        train_images_ = train_images_.view({-1, 1, 28, 28});
        test_images_ = test_images_.view({-1, 1, 28, 28});
    }

    // Shuffles, then trains through the set once; seconds of the processor, all threads', shuffling and gathering included.
    double epoch() {
        double start = used();
        torch::Tensor order = torch::randperm(train_images_.size(0));
        for (int64_t first = 0; first < order.size(0); first += 64) {
            torch::Tensor rows = order.slice(0, first, std::min(first + 64, order.size(0)));
            optimizer_.zero_grad();
            torch::Tensor output = model_->forward(train_images_.index_select(0, rows));
            torch::cross_entropy_loss(output, train_labels_.index_select(0, rows)).backward();
            optimizer_.step();
        }
        return used() - start;
    }

    double accuracy() {
        torch::NoGradGuard guard;
        return model_->forward(test_images_).argmax(1).eq(test_labels_).to(torch::kFloat).mean().item<double>();
    }

private:
    static double used() {
        timespec time;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return time.tv_sec + 1e-9 * time.tv_nsec;
    }

    static std::vector<unsigned char> read(const std::string &path, size_t header) {
        std::ifstream file(path, std::ios::binary);
        std::vector<unsigned char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        if (bytes.size() <= header) throw std::runtime_error("cannot read " + path);
        bytes.erase(bytes.begin(), bytes.begin() + header);
        return bytes;
    }

    static torch::Tensor images(const std::string &path) {
        std::vector<unsigned char> bytes = read(path, 16);
        return torch::from_blob(bytes.data(), {(int64_t)bytes.size() / 784, 784}, torch::kUInt8).to(torch::kFloat) / 255;
    }

    static torch::Tensor labels(const std::string &path) {
        std::vector<unsigned char> bytes = read(path, 8);
        return torch::from_blob(bytes.data(), {(int64_t)bytes.size()}, torch::kUInt8).to(torch::kLong);
    }

    torch::nn::Sequential model_;
    torch::optim::Adam optimizer_;
    torch::Tensor train_images_, train_labels_, test_images_, test_labels_;
};
